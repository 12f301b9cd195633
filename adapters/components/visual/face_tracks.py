"""Faces followed from picture to picture by where they are; who they are is nobody's business.

A face goes on in the next picture when one of nearly its size is nearly at its place. A track ends
where the whole picture changes, so that two people of two shots are two tracks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.face_detection import Face
from adapters.components.visual.fitting import Picture

PRESENCE_SURE = 0.95
SCORE_SURE = 0.8
SURE_SHARE_MIN = 0.5
GAP_MAX_S = 1.0
GAP_FRAMES_MAX = 2
LEAP_LEVELS = 32.0
"""Mean difference of two pictures' coarse colours above which nothing is followed between them."""

_NEAR = 0.7
_SIZE_RATIO_MAX = 1.7
_COARSE = (16, 9)


@dataclass(slots=True)
class Track:
    """One face through time: in which pictures (rows), and how it looked there."""

    rows: list[int] = field(default_factory=list)
    faces: list[Face] = field(default_factory=list)

    @property
    def is_sure(self) -> bool:
        """Mostly surely a face, and clearly seen if only once: drawings pass for it in passing."""
        sure = [face for face in self.faces if face.presence >= PRESENCE_SURE]
        if len(sure) < SURE_SHARE_MIN * len(self.faces):
            return False
        return len(sure) > 1 or any(face.score >= SCORE_SURE for face in sure)


def coarse(picture: Picture) -> NDArray[np.float32]:
    """The picture in 16 by 9 colours, whatever its shape."""
    small = cv2.resize(picture, _COARSE, interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.float32)


def leaps(looks: Sequence[NDArray[np.float32]]) -> NDArray[np.bool_]:
    """Where the whole picture differs from the one before it; shape (n,), the first is False."""
    changed = [float(np.abs(b - a).mean()) for a, b in pairwise(looks)]
    return np.array([False, *(one > LEAP_LEVELS for one in changed)])[: len(looks)]


def tracks(
    found: Sequence[Sequence[Face]], times_s: NDArray[np.float64], breaks: NDArray[np.bool_]
) -> list[Track]:
    """The tracks that are surely faces, by their first moment; of one moment from left to right.

    `found[i]` stands at `times_s[i]`; nothing is followed into a picture where `breaks` is True.
    """
    done: list[Track] = []
    going: list[Track] = []
    for row, faces in enumerate(found):
        if breaks[row]:
            done, going = [*done, *going], []
        ended = [one for one in going if _is_over(one, row, times_s)]
        done, going = [*done, *ended], [one for one in going if one not in ended]
        left = _continued(going, faces, row)
        going.extend(Track([row], [face]) for face in left)
    sure = [one for one in [*done, *going] if one.is_sure]
    return sorted(sure, key=lambda one: (one.rows[0], float(one.faces[0].box[0])))


def _is_over(track: Track, row: int, times_s: NDArray[np.float64]) -> bool:
    last = track.rows[-1]
    return row - last > 1 + GAP_FRAMES_MAX and times_s[row] - times_s[last] > GAP_MAX_S


def _continued(going: Sequence[Track], faces: Sequence[Face], row: int) -> list[Face]:
    """Gives the faces of one picture to the tracks they go on, nearest first; returns the rest."""
    pairs = sorted(
        (distance, at, to)
        for at, face in enumerate(faces)
        for to, track in enumerate(going)
        if (distance := _distance(track.faces[-1], face)) < _NEAR
    )
    given: set[int] = set()
    taken: set[int] = set()
    for _, at, to in pairs:
        if at not in given and to not in taken:
            going[to].rows.append(row)
            going[to].faces.append(faces[at])
            given.add(at)
            taken.add(to)
    return [face for at, face in enumerate(faces) if at not in given]


def _distance(one: Face, other: Face) -> float:
    """How far two faces are apart in widths of the wider; infinite when their sizes differ."""
    sizes = float(one.box[2:].max()), float(other.box[2:].max())
    if max(sizes) > _SIZE_RATIO_MAX * min(sizes):
        return float("inf")
    apart = (one.box[:2] + one.box[2:] / 2) - (other.box[:2] + other.box[2:] / 2)
    return float(np.hypot(*apart)) / max(sizes)
