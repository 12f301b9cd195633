"""The faces that `faces` found, cut out of the stored frames by what looks closer at them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.face_detection import Face, cut_out
from adapters.components.visual.fitting import Picture
from application.ports.components import Arrays, Frames


def rows_in(faces: Arrays, frames: Frames) -> NDArray[np.int64]:
    """Which faces of the `faces` artifact stand on the stored frames, in order of their frames."""
    return np.flatnonzero(np.isin(faces["face_frame_indices"], frames.indices))


def cuts(
    faces: Arrays, frames: Frames, rows: NDArray[np.int64], *, side_px: int, growth: float
) -> Iterator[Picture]:
    """Each of these faces upright, a square `growth` times the longer side of its box."""
    waiting = iter(rows.tolist())
    row = next(waiting, None)
    for index, picture in zip(frames.indices, frames.rgb(), strict=True):
        while row is not None and faces["face_frame_indices"][row] == index:
            yield cut_out(picture, _face(faces, row, picture), side_px=side_px, growth=growth)
            row = next(waiting, None)


def _face(faces: Arrays, row: int, picture: Picture) -> Face:
    size = np.array([picture.shape[1], picture.shape[0]], dtype=np.float64)
    return Face(
        score=float(faces["face_scores"][row]),
        box=faces["face_boxes"][row] * np.tile(size, 2),
        marks=faces["face_marks"][row] * size,
        presence=float(faces["face_presence"][row]),
    )
