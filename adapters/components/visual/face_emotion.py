"""face_emotion: the expressions of the faces that `faces` found, smoothed along each appearance."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.face_cuts import cuts, rows_in
from adapters.components.visual.face_emotion_schema import EMOTIONS, SCHEMA
from adapters.components.visual.faces import FACE_FRAMES
from adapters.components.visual.sampled import sampled
from adapters.components.visual.served_items import answers
from application.ports.components import Arrays, Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality

MODEL = "emotion"

SPEC = ComponentSpec(
    name="face_emotion",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="1",
    schema_version="1",
    needs=("faces",),
    frames=FACE_FRAMES,
    cost=Cost.FRAMES,
    memory_mib=200,
    tier0=True,
)

FACE_MIN_PX = 24.0
"""Of a face smaller than this the model sees nothing but blur."""
FACE_CLEAR_PX = 64.0
"""The side that the model takes: a face of this size is not enlarged."""
SMOOTHING_S = 0.5
"""Deviation of the Gaussian along an appearance."""

_SIDE_PX = 64
_GROWTH = 1.2


def measure(inputs: Inputs) -> Measurement:
    """Empty when no face is large enough to be read."""
    faces, frames = inputs.artifacts["faces"], sampled(inputs)
    size = np.array([inputs.timeline.width_px, inputs.timeline.height_px], dtype=np.float64)
    sides_px = (faces["face_boxes"][:, 2:] * size).max(axis=1)
    rows = rows_in(faces, frames)
    rows = rows[sides_px[rows] >= FACE_MIN_PX]
    if not rows.size:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "faces are too small to be read")
    shown = (
        np.asarray(cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY), dtype=np.uint8)[..., None]
        for cut in cuts(faces, frames, rows, side_px=_SIDE_PX, growth=_GROWTH)
    )
    told = answers(inputs.served, MODEL, "face", shown)
    raw = np.array([answer["probabilities"] for answer in told], dtype=np.float64)
    arrays = _arrays(faces, rows, raw, sides_px[rows])
    return Measurement(arrays, units=float(len(frames.indices)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def smoothed(
    raw: NDArray[np.float64], times_s: NDArray[np.float64], tracks: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Each row averaged with its neighbours in time of the same track; rows still sum to one."""
    found = raw.copy()
    for track in np.unique(tracks):
        its = np.flatnonzero(tracks == track)
        near = np.exp(-0.5 * np.square((times_s[its, None] - times_s[its]) / SMOOTHING_S))
        found[its] = near @ raw[its] / near.sum(axis=1, keepdims=True)
    return found


def confidence(
    probabilities: NDArray[np.float64], sides_px: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far the likeliest leads the next, times how much of the model's side a face fills."""
    ranked = np.sort(probabilities, axis=1)
    filled = np.minimum(1.0, sides_px / FACE_CLEAR_PX)
    return np.asarray((ranked[:, -1] - ranked[:, -2]) * filled, dtype=np.float64)


def _arrays(
    faces: Arrays, rows: NDArray[np.int64], raw: NDArray[np.float64], sides_px: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    times_s, tracks = faces["face_frame_indices"][rows] / 12, faces["face_tracks"][rows]
    known = np.clip(smoothed(_whole(raw), times_s, tracks), 0.0, 1.0)
    sure = np.clip(confidence(known, sides_px), 0.0, 1.0)
    areas = np.square(sides_px)
    moments_s, at = np.unique(times_s, return_inverse=True)
    listed, track = np.unique(tracks, return_inverse=True)
    over_time = _means(known, at, areas)
    return {
        "labels": np.array(EMOTIONS),
        "mean_probabilities": over_time.mean(axis=0),
        "times_s": moments_s,
        "probabilities": over_time.astype(np.float32),
        "confidence": _means(sure[:, None], at, areas)[:, 0].astype(np.float32),
        "track_probabilities": _means(known, track, np.ones(len(rows))),
        "track_confidence": _means(sure[:, None], track, np.ones(len(rows)))[:, 0],
        "tracks": listed.astype(np.int64),
        "face_times_s": times_s,
        "face_tracks": tracks,
        "face_probabilities": known.astype(np.float32),
    }


def _whole(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows that sum to one whatever the model's rounding."""
    sums = np.maximum(raw.sum(axis=1, keepdims=True), np.finfo(np.float64).tiny)
    return np.asarray(raw / sums, dtype=np.float64)


def _means(
    values: NDArray[np.float64], groups: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The weighted mean of each group's rows."""
    sums = np.zeros((int(groups.max()) + 1, values.shape[1]))
    np.add.at(sums, groups, values * weights[:, None])
    means = sums / np.bincount(groups, weights=weights)[:, None]
    return np.asarray(np.clip(means, 0.0, 1.0), dtype=np.float64)
