"""repetition: how alike the pictures of a video are, and which scenes come again.

A scene is a stretch of frames whose vectors stay near each other; it repeats the earlier scene
most like it where the two are as near as frames of one scene are.
"""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.repetition_schema import SCHEMA, SIDE
from adapters.components.visual.sampled_time import edges_of
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality

SPEC = ComponentSpec(
    name="repetition",
    modality=Modality.VISUAL,
    kind=Kind.COMPUTED,
    producer_version="2",
    schema_version="1",
    needs=("frame_embedding",),
    cost=Cost.VIDEO_SECONDS,
    memory_mib=100,
)

FRAMES_MIN = 12
"""A second of video: less has no scenes to compare."""
SCENE_COSINE_MIN = 0.7
"""Neighbouring frames less alike than this belong to two scenes."""
REPEAT_COSINE_MIN = 0.85
SCENE_S_MIN = 0.25
"""What lasts shorter is a step of a fade or dissolve, or a flash, and no scene of its own."""


def measure(inputs: Inputs) -> Measurement:
    """Empty with less than a second of frames."""
    embedded = inputs.artifacts["frame_embedding"]
    vectors, times_s = embedded["vectors"].astype(np.float64), embedded["times_s"]
    if len(vectors) < FRAMES_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, f"{len(vectors)} frames")
    edges_s = edges_of(times_s, inputs.timeline.duration_s)
    starts = lasting(scenes(vectors), edges_s)
    bounds_s = np.array([(edges_s[a], edges_s[b]) for a, b in pairwise([*starts, len(vectors)])])
    repeats, likeness, familiarity = _earlier(vectors, starts)
    lengths_s = np.diff(bounds_s, axis=1)[:, 0]
    alike = _parts(vectors, edges_s)
    arrays: dict[str, NDArray[Any]] = {
        "diversity": np.array(1 - _unlike_mean(alike)),
        "repeated_share": np.array(lengths_s[repeats >= 0].sum() / lengths_s.sum()),
        "scene_count": np.array(len(starts)),
        "scene_bounds_s": bounds_s,
        "scene_repeats": repeats,
        "scene_likeness": likeness,
        "times_s": times_s,
        "familiarity": familiarity.astype(np.float32),
        "similarity": alike.astype(np.float32),
    }
    return Measurement(arrays)


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def scenes(vectors: NDArray[np.float64]) -> list[int]:
    """Where each scene starts: the first frame, and each less than alike to the one before."""
    cosines = (vectors[1:] * vectors[:-1]).sum(axis=1)
    return [0, *(np.flatnonzero(cosines < SCENE_COSINE_MIN) + 1).tolist()]


def lasting(starts: list[int], edges_s: NDArray[np.float64]) -> list[int]:
    """The starts without those of scenes under a quarter of a second, which go to the one before;
    at the very beginning to the one after."""
    stops = [*starts[1:], len(edges_s) - 1]
    least_s = SCENE_S_MIN - 1e-9
    long = [a for a, b in zip(starts, stops, strict=True) if edges_s[b] - edges_s[a] >= least_s]
    return [0, *long[1:]]


def _earlier(
    vectors: NDArray[np.float64], starts: list[int]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """For each scene the earlier one it repeats (or -1) and its likeness to the nearest; for each
    frame its likeness to the nearest of earlier scenes."""
    bounds = list(pairwise([*starts, len(vectors)]))
    middles = np.array([_unit(vectors[a:b].mean(axis=0)) for a, b in bounds])
    repeats = np.full(len(bounds), -1, dtype=np.int64)
    likeness, familiarity = np.zeros(len(bounds)), np.zeros(len(vectors))
    for at in range(1, len(bounds)):
        a, b = bounds[at]
        familiarity[a:b] = np.clip((vectors[a:b] @ vectors[:a].T).max(axis=1), 0.0, 1.0)
        cosines = middles[:at] @ middles[at]
        nearest = int(cosines.argmax())
        likeness[at] = np.clip(cosines[nearest], 0.0, 1.0)
        if cosines[nearest] >= REPEAT_COSINE_MIN:
            repeats[at] = nearest
    return repeats, likeness, familiarity


def _parts(vectors: NDArray[np.float64], edges_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosines of the frames in the middles of 48 equal parts of the video, 0 to 1."""
    middles_s = (np.arange(SIDE) + 0.5) * edges_s[-1] / SIDE
    rows = np.clip(np.searchsorted(edges_s, middles_s, side="right") - 1, 0, len(vectors) - 1)
    alike = np.clip(vectors[rows] @ vectors[rows].T, 0.0, 1.0)
    return np.asarray(alike, dtype=np.float64)


def _unlike_mean(alike: NDArray[np.float64]) -> float:
    """The mean cosine of two different parts."""
    return float(alike[~np.eye(len(alike), dtype=bool)].mean())


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float64)
