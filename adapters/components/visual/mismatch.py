"""How badly the optical flow explains a new picture: the sign of a cut that pans do not give."""

import cv2
import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Plane = NDArray[np.float32]

_CELL_PX = 16
_ROW_STRIDE, _COLUMN_STRIDE = 4, 2
_VARIANCE_MIN = 1.0


class MismatchMeter:
    """Follows the flow from one half-size picture to the next and looks at what is left over."""

    def __init__(self, *, width_px: int, height_px: int) -> None:
        self._cells = (max(1, width_px // _CELL_PX), max(1, height_px // _CELL_PX))
        wide, high = (side * _CELL_PX for side in self._cells)
        left, top = max(0, (width_px - wide) // 2), max(0, (height_px - high) // 2)
        self._rows = slice(top, top + high, _ROW_STRIDE)
        self._columns = slice(left, left + wide, _COLUMN_STRIDE)
        grid = np.mgrid[self._rows, self._columns].astype(np.float32)
        self._y, self._x = np.ascontiguousarray(grid[0]), np.ascontiguousarray(grid[1])
        self._size = (width_px, height_px)

    def of(self, before: Luma, after: Luma, flow: NDArray[np.float32]) -> float:
        """Left-over variance over the variance of the pictures, cell by cell.

        0 is a perfect match, about 1 that of pictures that have nothing in common. A change of
        brightness alone leaves nothing, since each cell's mean is taken off.
        """
        one, two = cv2.blur(before, (3, 3)), cv2.blur(after, (3, 3))
        step = flow[self._rows, self._columns]
        x, y = self._x + step[..., 0], self._y + step[..., 1]
        width, height = self._size
        seen = ((x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)).astype(np.float32)
        found = cv2.remap(two, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        held = one[self._rows, self._columns].astype(np.float32)
        there = two[self._rows, self._columns].astype(np.float32)
        error = (found.astype(np.float32) - held) * seen
        planes = (seen, error, error * error, held, held * held, there, there * there)
        share, off, power, *pictures = self._pooled(planes)
        left = np.maximum(power - off * off / np.maximum(share, 1e-3), 0.0)
        one_mean, one_power, two_mean, two_power = pictures
        texture = one_power - one_mean**2 + two_power - two_mean**2
        return float(left.sum() / (np.maximum(texture, 0.0) / 2 + _VARIANCE_MIN).sum())

    def _pooled(self, planes: tuple[Plane, ...]) -> list[Plane]:
        """The mean of each plane in each cell; one tall picture is quicker than several."""
        columns, rows = self._cells
        size = (columns, rows * len(planes))
        tall = cv2.resize(np.concatenate(planes), size, interpolation=cv2.INTER_AREA)
        return list(np.asarray(tall, dtype=np.float32).reshape(len(planes), rows, columns))
