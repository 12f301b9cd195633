"""key_frames: the frames that stand for a video, and which of them could be its thumbnail.

Each shot is cut into parts of about a twelfth of the video; each part gives its best stored frame,
judged by focus (`sharpness`), light, contrast and colour, away from the transitions (`shots`) and
never black. Where `faces` are known, a frame that shows one is better for it.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.dependency_faces import area_at
from adapters.components.visual.frame_quality import WEIGHTS, looks, qualities
from adapters.components.visual.key_frames_schema import SCHEMA, KeyFrameReason, ThumbnailReason
from adapters.components.visual.sampled import sampled
from application.ports.components import Arrays, Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, FrameBudget, Kind, Modality

SPEC = ComponentSpec(
    name="key_frames",
    modality=Modality.VISUAL,
    kind=Kind.COMPUTED,
    producer_version="2",
    schema_version="2",
    needs=("shots", "sharpness"),
    uses=("faces",),
    frames=FrameBudget(60, 120, 250),
    cost=Cost.FRAMES,
    memory_mib=100,
)

KEY_FRAMES_MAX = 16
THUMBNAILS_MAX = 3
THUMBNAIL_GAP_SHARE = 0.1
"""Candidates stand at least this share of the video apart: neighbours look alike."""
PARTS_OF_ONE_SHOT_MAX = 12
PART_MIN_S = 4.0
FACE_WEIGHT = 0.2
"""Of a face in the score of a frame. Ours: a face does not make up for a blur."""
FACE_AREA_MIN = 0.01
"""A smaller part of the picture is no face to be seen in a thumbnail."""
FACE_NEAR_S = 0.25

_MARGIN_S = 0.5
_MARGIN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of one shot that a single frame stands for."""

    start_s: float
    end_s: float
    margin_s: float
    continues: bool


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A stored frame, by its row among the stored ones, and why it was taken."""

    row: int
    reason: KeyFrameReason


def measure(inputs: Inputs) -> Measurement:
    """Empty when every stored frame is black."""
    frames = sampled(inputs)
    times_s = frames.indices / 12
    seen = looks(frames.rgb())
    rated = qualities(seen, _focus(inputs.artifacts["sharpness"], times_s))
    worth = rated @ WEIGHTS
    faces = inputs.artifacts.get("faces")
    if faces is not None:
        shown = area_at(faces, times_s, within_s=FACE_NEAR_S) >= FACE_AREA_MIN
        rated = np.column_stack([rated, shown])
        worth = (1 - FACE_WEIGHT) * worth + FACE_WEIGHT * shown
    scores = np.where(seen.black, -1.0, worth)
    bounds_s = inputs.artifacts["shots"]["shot_bounds_s"]
    chosen = choose(bounds_s, times_s, scores, duration_s=inputs.timeline.duration_s)
    if not chosen:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "every stored frame is black")
    rows = np.array([one.row for one in chosen], dtype=np.int64)
    best = _apart(rows, times_s, scores, gap_s=THUMBNAIL_GAP_SHARE * inputs.timeline.duration_s)
    arrays: dict[str, NDArray[Any]] = {
        "frame_indices": frames.indices[rows],
        "times_s": times_s[rows],
        "reasons": np.array([str(one.reason) for one in chosen]),
        "scores": scores[rows],
        "thumbnail_indices": frames.indices[best],
        "thumbnail_scores": scores[best],
        "thumbnail_reasons": _strengths(rated[best] - rated[rows].mean(axis=0)),
        "uses_faces": np.array(faces is not None),
    }
    return Measurement(arrays, units=float(len(times_s)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def choose(
    bounds_s: NDArray[np.float64],
    times_s: NDArray[np.float64],
    scores: NDArray[np.float64],
    *,
    duration_s: float,
) -> list[_Chosen]:
    """The best stored frame of each part of each shot, rising in time, at most 16.

    `bounds_s` has shape (n, 2); frames with negative scores are never taken. Of more than 16, the
    best of each sixteenth of the video stay.
    """
    found: dict[int, _Chosen] = {}
    for part in _parts(bounds_s, duration_s):
        row = _best_row(part, times_s, scores)
        if row is not None and row not in found:
            reason = KeyFrameReason.LONG_SHOT if part.continues else KeyFrameReason.NEW_SHOT
            found[row] = _Chosen(row, reason)
    kept = sorted(found.values(), key=lambda one: one.row)
    if len(kept) > KEY_FRAMES_MAX:
        kept = _thinned(kept, times_s, scores, duration_s=duration_s)
    return [_Chosen(one.row, KeyFrameReason.OPENING) for one in kept[:1]] + kept[1:]


def _parts(bounds_s: NDArray[np.float64], duration_s: float) -> list[_Part]:
    target_s = max(PART_MIN_S, duration_s / PARTS_OF_ONE_SHOT_MAX)
    parts = []
    for start_s, end_s in bounds_s:
        margin_s = min(_MARGIN_S, _MARGIN_SHARE * (end_s - start_s))
        edges = np.linspace(start_s, end_s, max(1, int((end_s - start_s) / target_s)) + 1)
        parts += [
            _Part(float(a), float(b), float(margin_s), continues=at > 0)
            for at, (a, b) in enumerate(pairwise(edges))
        ]
    return parts


def _best_row(part: _Part, times_s: NDArray[np.float64], scores: NDArray[np.float64]) -> int | None:
    """The best frame of a part, away from its ends when there is one; of equals the first."""
    for margin_s in (part.margin_s, 0.0):
        inside = (times_s >= part.start_s + margin_s) & (times_s < part.end_s - margin_s)
        rows = np.flatnonzero(inside & (scores >= 0))
        if rows.size:
            return int(rows[np.argmax(scores[rows])])
    return None


def _thinned(
    kept: list[_Chosen],
    times_s: NDArray[np.float64],
    scores: NDArray[np.float64],
    *,
    duration_s: float,
) -> list[_Chosen]:
    best: dict[int, _Chosen] = {}
    for one in kept:
        share = min(KEY_FRAMES_MAX - 1, int(times_s[one.row] / duration_s * KEY_FRAMES_MAX))
        if share not in best or scores[one.row] > scores[best[share].row]:
            best[share] = one
    return [best[share] for share in sorted(best)]


def _apart(
    rows: NDArray[np.int64],
    times_s: NDArray[np.float64],
    scores: NDArray[np.float64],
    *,
    gap_s: float,
) -> NDArray[np.int64]:
    """The best rows, best first, none closer than `gap_s` to a better one."""
    taken: list[int] = []
    for row in rows[np.argsort(-scores[rows], kind="stable")].tolist():
        if all(abs(times_s[row] - times_s[other]) >= gap_s for other in taken):
            taken.append(row)
    return np.array(taken[:THUMBNAILS_MAX], dtype=np.int64)


def _focus(sharpness: Arrays, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """Focus at the moments of the stored frames, from the nearest moment measured."""
    measured_s = sharpness["times_s"]
    after = np.clip(np.searchsorted(measured_s, times_s), 0, len(measured_s) - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.abs(measured_s[before] - times_s) < np.abs(measured_s[after] - times_s)
    return np.asarray(sharpness["focus"][np.where(nearer, before, after)], dtype=np.float64)


def _strengths(advantages: NDArray[np.float64]) -> NDArray[np.str_]:
    names = np.array(tuple(ThumbnailReason))
    return np.asarray(names[advantages.argmax(axis=1)])
