"""Optical flow that also follows leaps of the whole picture, as in a fast pan."""

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Flow = NDArray[np.float32]
Calculate = Callable[[Luma, Luma], Flow]

_CHANGE_MIN = 6.0
"""Mean change in luma levels below which nothing can have leapt."""
_SHRINK = 8
_SIDE_MIN_PX = 4 * _SHRINK
_MARGIN = 0.25
_LIKENESS_MIN = 0.5
_LIKENESS_GAIN = 0.05
_STRIDE = 4


def flow_between(before: Luma, after: Luma, *, calculate: Calculate) -> Flow:
    """The flow from one picture to the next, shape (height, width, 2), x then y in pixels.

    `calculate` finds displacements up to some 15 pixels. Where the pictures fit better after a
    shift of the whole, flow is also calculated from the shifted picture, and the one is kept that
    explains the second picture better.
    """
    flow = calculate(before, after)
    if cv2.norm(before, after, cv2.NORM_L1) < _CHANGE_MIN * before.size:
        return flow
    shift = _whole_shift(before, after)
    if shift is None:
        return flow
    moved = calculate(_shifted(before, shift), after)
    back = (-shift[0], -shift[1])
    leapt = _shifted(moved, back) + np.asarray(shift, dtype=np.float32)
    if unexplained(before, after, leapt) < unexplained(before, after, flow):
        return leapt
    return flow


def unexplained(before: Luma, after: Luma, flow: Flow) -> float:
    """Mean luma difference that is left when the flow is followed, over every fourth pixel."""
    height, width = before.shape
    y, x = np.mgrid[0:height:_STRIDE, 0:width:_STRIDE].astype(np.float32)
    step = flow[::_STRIDE, ::_STRIDE]
    x, y = x + step[..., 0], y + step[..., 1]
    found = cv2.remap(after, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    held = np.ascontiguousarray(before[::_STRIDE, ::_STRIDE])
    return cv2.norm(found, held, cv2.NORM_L1) / held.size


def _whole_shift(before: Luma, after: Luma) -> tuple[int, int] | None:
    """Where the middle of the picture went, in pixels right and down, when it went far."""
    if min(before.shape) < _SIDE_MIN_PX:
        return None
    small, large = _small(before), _small(after)
    height, width = small.shape
    top, left = int(height * _MARGIN), int(width * _MARGIN)
    middle = small[top : height - top, left : width - left]
    likeness = cv2.matchTemplate(large, middle, cv2.TM_CCOEFF_NORMED)
    _, best, _, (x, y) = cv2.minMaxLoc(likeness)
    shift = ((x - left) * _SHRINK, (y - top) * _SHRINK)
    clear = best > _LIKENESS_MIN and best > likeness[top, left] + _LIKENESS_GAIN
    return shift if clear and max(map(abs, shift)) > _SHRINK else None


def _small(picture: Luma) -> Luma:
    height, width = (side // _SHRINK for side in picture.shape)
    whole = picture[: height * _SHRINK, : width * _SHRINK]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _shifted(picture: NDArray[Any], shift: tuple[int, int]) -> NDArray[Any]:
    """The picture moved right and down, its edges held."""
    height, width = picture.shape[:2]
    rows = np.clip(np.arange(height) - shift[1], 0, height - 1)
    columns = np.clip(np.arange(width) - shift[0], 0, width - 1)
    return np.ascontiguousarray(picture[rows][:, columns])
