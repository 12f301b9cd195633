"""faces: how many there are over time, where, how large, and from when to when each is seen."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.face_detection import DETECTOR, MESH, Face, find_faces
from adapters.components.visual.face_tracks import Track, coarse, leaps, tracks
from adapters.components.visual.faces_schema import OPENING_S, SCHEMA
from adapters.components.visual.sampled import sampled
from adapters.components.visual.sampled_time import edges_of, share_of_time
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, FrameBudget, Kind, Modality

FACE_FRAMES = FrameBudget(200, 400, 800)
"""What looks closer at faces takes the same frames."""

SPEC = ComponentSpec(
    name="faces",
    modality=Modality.VISUAL,
    kind=Kind.SERVED_MODEL,
    models=(DETECTOR, MESH),
    producer_version="1",
    schema_version="1",
    frames=FACE_FRAMES,
    cost=Cost.FRAMES,
    memory_mib=400,
    tier0=True,
)


def measure(inputs: Inputs) -> Measurement:
    """Empty when no face is surely seen."""
    frames = sampled(inputs)
    found: list[list[Face]] = []
    looks: list[NDArray[np.float32]] = []
    for picture, faces in find_faces(inputs.served, frames.rgb()):
        found.append(faces)
        looks.append(coarse(picture))
    times_s = frames.indices / 12
    followed = tracks(found, times_s, leaps(looks))
    if not followed:
        return Measurement.empty(EmptyReason.NO_FACES)
    edges_s = edges_of(times_s, inputs.timeline.duration_s)
    size = np.array([inputs.timeline.width_px, inputs.timeline.height_px], dtype=np.float64)
    arrays = {
        "times_s": times_s,
        **_over_time(followed, edges_s, size),
        **_appearances(followed, edges_s),
        **_each_face(followed, frames.indices, size),
    }
    return Measurement(arrays, units=float(len(times_s)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _over_time(
    followed: Sequence[Track], edges_s: NDArray[np.float64], size: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    counts = np.zeros(len(edges_s) - 1, dtype=np.int64)
    areas = np.zeros(len(counts))
    for track in followed:
        for row, face in _rows(track):
            counts[row] += 1
            areas[row] += _visible_share(face, size)
    areas = np.minimum(areas, 1.0)
    shown = counts > 0
    return {
        "counts": counts,
        "area_share": areas,
        "count_max": np.array(counts.max()),
        "screen_time_share": np.array(share_of_time(shown, edges_s)),
        "first_3s_share": np.array(share_of_time(shown, edges_s, end_s=OPENING_S)),
        "mean_area_share": np.array(areas[shown].mean()),
    }


def _appearances(
    followed: Sequence[Track], edges_s: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    bounds_s = np.array([(edges_s[one.rows[0]], edges_s[one.rows[-1] + 1]) for one in followed])
    return {
        "track_count": np.array(len(followed)),
        "track_bounds_s": bounds_s,
        "track_screen_share": np.diff(bounds_s, axis=1)[:, 0] / edges_s[-1],
        "track_confidence": np.array(
            [np.mean([face.presence for face in one.faces]) for one in followed]
        ),
    }


def _each_face(
    followed: Sequence[Track], indices: NDArray[np.int64], size: NDArray[np.float64]
) -> dict[str, NDArray[Any]]:
    """Every face of every track in order of its frame, then of its track."""
    listed = sorted(
        ((row, at, face) for at, one in enumerate(followed) for row, face in _rows(one)),
        key=lambda item: item[:2],
    )
    faces = [face for _, _, face in listed]
    return {
        "face_frame_indices": indices[[row for row, _, _ in listed]],
        "face_tracks": np.array([at for _, at, _ in listed], dtype=np.int64),
        "face_boxes": np.array([face.box for face in faces]) / np.tile(size, 2),
        "face_marks": np.array([face.marks for face in faces]) / size,
        "face_scores": np.array([face.score for face in faces]),
        "face_presence": np.array([face.presence for face in faces]),
    }


def _rows(track: Track) -> Iterator[tuple[int, Face]]:
    return zip(track.rows, track.faces, strict=True)


def _visible_share(face: Face, size: NDArray[np.float64]) -> float:
    """The part of the picture that the box takes inside it."""
    start = np.clip(face.box[:2], 0, size)
    end = np.clip(face.box[:2] + face.box[2:], 0, size)
    return float(np.prod((end - start) / size))
