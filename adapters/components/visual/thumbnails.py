"""A whole video in thumbnails: what transitions between shots are told by.

One frame is some 700 luma values and a coarse colour layout, so that 20 minutes stay under 12 MiB.
"""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

Thumb = NDArray[np.float32]

_SHRINK = 8
_COLOURS = (7, 4)
_BAND_PX = 2.0
_SHIFT_SHARE = 1 / 6
_BAR_LUMA_MAX = 24
_SIDE_MIN = 6
_STRUCTURE_MIN = 1.5
"""Root mean square of the band-passed luma below which a thumbnail shows nothing to compare."""


@dataclass(frozen=True)
class Thumbnails:
    """Every frame small: luma (n, rows, columns), colours (n, 4, 7, 3) and the flow's mismatch.

    `mismatch[i]` is that from frame i - 1 to i (0 for the first).
    """

    luma: NDArray[np.uint8]
    colours: NDArray[np.uint8]
    mismatch: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.luma)

    @cached_property
    def contrast(self) -> NDArray[np.float64]:
        """Standard deviation of each thumbnail's luma, shape (n,)."""
        return np.array([luma.std() for luma in self.luma], dtype=np.float64)

    @cached_property
    def brightness(self) -> NDArray[np.float64]:
        """Mean luma of each thumbnail, shape (n,)."""
        return np.array([luma.mean() for luma in self.luma], dtype=np.float64)

    @cached_property
    def detail(self) -> NDArray[np.float64]:
        """Root mean square of each thumbnail's band-passed luma, shape (n,)."""
        return np.array([_structure(luma).std() for luma in self.luma], dtype=np.float64)

    def distance(self, one: int, other: int) -> float:
        """How far two frames differ in colour layout: mean over the layout, in levels."""
        apart = self.colours[one].astype(np.int16) - self.colours[other]
        fine = self.luma[one].astype(np.int16) - self.luma[other]
        return float(max(np.abs(apart).mean(), np.abs(fine).mean()))

    def structured(self, at: int) -> bool:
        """Whether a frame shows structure that another could resemble."""
        return bool(self.detail[at] >= _STRUCTURE_MIN)

    def likeness(self, one: int, other: int) -> float:
        """How alike two frames are in structure, -1 to 1, whatever light and shift between them.

        The best normalised cross-correlation of the band-passed middle of one over the other;
        0 where either shows no structure.
        """
        return _likeness(_structure(self.luma[one]), _structure(self.luma[other]))


def without_bars(luma: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The thumbnails without edges that stay black all along: bars are alike in every shot."""
    lit = luma.max(axis=0) > _BAR_LUMA_MAX
    rows, columns = _inside(lit.any(axis=1)), _inside(lit.any(axis=0))
    if min(rows.stop - rows.start, columns.stop - columns.start) < _SIDE_MIN:
        return luma
    return luma[:, rows, columns]


def _inside(lit: NDArray[np.bool_]) -> slice:
    """From the first to the last lit place; one further in where a bar ends within a thumb's."""
    places = np.flatnonzero(lit)
    if not len(places):
        return slice(0, 0)
    first, stop = int(places[0]), int(places[-1]) + 1
    return slice(first + (first > 0), stop - (stop < len(lit)))


def thumbnail(
    half_rgb: NDArray[np.uint8], half_luma: NDArray[np.uint8]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The luma and the colour layout of one frame, from its half-size views."""
    coarse = _shrunk(half_rgb)
    colours = cv2.resize(coarse, _COLOURS, interpolation=cv2.INTER_AREA)
    return _shrunk(half_luma), np.asarray(colours, dtype=np.uint8)


def _shrunk(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rows, columns = (max(1, side // _SHRINK) for side in picture.shape[:2])
    whole = picture[: rows * _SHRINK, : columns * _SHRINK]
    return np.asarray(cv2.resize(whole, (columns, rows), interpolation=cv2.INTER_AREA), np.uint8)


def _structure(luma: NDArray[np.uint8]) -> Thumb:
    whole = luma.astype(np.float32)
    return whole - cv2.GaussianBlur(whole, (0, 0), _BAND_PX)


def _likeness(one: Thumb, other: Thumb) -> float:
    rows, columns = one.shape
    top, left = round(rows * _SHIFT_SHARE), round(columns * _SHIFT_SHARE)
    middle = np.ascontiguousarray(one[top : rows - top, left : columns - left])
    if min(middle.std(), other.std()) < _STRUCTURE_MIN:
        return 0.0
    return float(cv2.matchTemplate(other, middle, cv2.TM_CCOEFF_NORMED).max())
