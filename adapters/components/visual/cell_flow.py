"""The shared optical flow summed up in cells, refined to small fractions of a pixel.

DIS at its ultrafast preset stops at a quarter of the half-size picture: good to some 0.1 pixel,
which is half of a slow pan. One step of Lucas-Kanade (1981) in each cell of 16 x 16 pixels, started
from DIS, brings it to 0.02 where there is texture, and says how well the cell was explained.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
"""One number a cell, shape (pairs, cells)."""
Luma = NDArray[np.uint8]

CELL_PX = 16
_ROW_STRIDE, _COLUMN_STRIDE = 4, 2
_STEP_MAX_PX = 1.5
_DAMPING = 1.0
_EXPLAINED_RATIO = 1.5
_NOISE_FLOOR = 0.1
_VISIBLE = 2.0
_SEEN_MIN = 0.4


@dataclass(frozen=True, slots=True)
class CellMotion:
    """How each cell moved, in half-size pixels from frame to frame; shapes (pairs, cells).

    `stiffness` is the smaller eigenvalue of the cell's structure tensor: how firmly its texture
    holds the estimate, `texture` the tensor itself (xx, xy, yy). A cell that is not `moving` may be
    still or too smooth to tell; its motion is given as 0. `left` is the variance that following
    the flow leaves, `variance` that of the picture; `seen` is the share that stays in the frame.
    """

    right: Values
    down: Values
    moving: NDArray[np.bool_]
    stiffness: Values
    texture: tuple[Values, Values, Values]
    seen: Values
    left: Values
    variance: Values

    def against(self, right: Values, down: Values) -> NDArray[np.bool_]:
        """Which cells surely move otherwise than so: the difference shows in their texture."""
        xx, xy, yy = self.texture
        u, v = self.right - right, self.down - down
        change = u * u * xx + 2 * u * v * xy + v * v * yy
        clear = change > _VISIBLE * (self.left + _NOISE_FLOOR)
        understood = (self.seen > _SEEN_MIN) & (self.left < self.variance / 2)
        return np.asarray(clear & (self.moving | understood))


class CellSampler:
    """Reads pairs of half-size pictures and their flow, cell by cell."""

    def __init__(self, *, width_px: int, height_px: int) -> None:
        self.columns = max(1, width_px // CELL_PX)
        self.rows = max(1, height_px // CELL_PX)
        wide, high = min(width_px, self.columns * CELL_PX), min(height_px, self.rows * CELL_PX)
        left, top = (width_px - wide) // 2, (height_px - high) // 2
        self._rows = slice(top + 1, top + high, _ROW_STRIDE)
        self._columns = slice(left + 1, left + wide, _COLUMN_STRIDE)
        grid = np.mgrid[self._rows, self._columns].astype(np.float32)
        self._y, self._x = np.ascontiguousarray(grid[0]), np.ascontiguousarray(grid[1])
        self._size = (width_px, height_px)
        middle_x, middle_y = self._pooled(self._x), self._pooled(self._y)
        self.across = (middle_x - (width_px - 1) / 2).ravel().astype(np.float64)
        self.along = (middle_y - (height_px - 1) / 2).ravel().astype(np.float64)

    def sample(self, before: Luma, after: Luma, flow: NDArray[np.float32]) -> NDArray[np.float32]:
        """Means over each cell that `cell_motion` reads, shape (16, cells)."""
        one, two = _blurred(before), _blurred(after)
        step = flow[self._rows, self._columns]
        u, v = np.ascontiguousarray(step[..., 0]), np.ascontiguousarray(step[..., 1])
        x, y = self._x + u, self._y + v
        width, height = self._size
        seen = ((x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)).astype(np.float32)
        found = cv2.remap(two, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        held = one[self._rows, self._columns].astype(np.float32)
        error = (found - held) * seen
        change = (two[self._rows, self._columns] - held) * seen
        slope_x, slope_y = self._slopes(one)
        slope_x, slope_y = slope_x * seen, slope_y * seen
        products = (
            *(u, v, seen, slope_x, slope_y, error, change, held * seen),
            *(slope_x * slope_x, slope_x * slope_y, slope_y * slope_y),
            *(slope_x * error, slope_y * error),
            *(error * error, change * change, held * held * seen),
        )
        # One tall picture is pooled in a third of the time that sixteen take.
        tall = self._pooled(np.concatenate(products), count=len(products))
        return tall.reshape(len(products), -1)

    def _slopes(self, picture: Luma) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        edged = cv2.copyMakeBorder(picture, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
        rows, columns = _moved(self._rows, 1), _moved(self._columns, 1)
        right, left = edged[rows, _moved(columns, 1)], edged[rows, _moved(columns, -1)]
        below, above = edged[_moved(rows, 1), columns], edged[_moved(rows, -1), columns]
        half = np.float32(0.5)
        slope_x = (right.astype(np.float32) - left) * half
        slope_y = (below.astype(np.float32) - above) * half
        return slope_x, slope_y

    def _pooled(self, values: NDArray[np.float32], *, count: int = 1) -> NDArray[np.float32]:
        size = (self.columns, count * self.rows)
        return np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.float32)


def _moved(places: slice, by: int) -> slice:
    return slice(places.start + by, places.stop + by, places.step)


def _blurred(picture: Luma) -> Luma:
    return np.asarray(cv2.blur(picture, (3, 3)), dtype=np.uint8)


def cell_motion(samples: NDArray[np.float32]) -> CellMotion:
    """Solves for the motion of each cell; `samples` has shape (pairs, 16, cells).

    Changes of brightness fall out, because a cell's means are taken off. A cell counts as still
    where moving it does not explain clearly more of the change than leaving it.
    """
    named = np.moveaxis(samples.astype(np.float64), 1, 0)
    u, v, seen, mean_x, mean_y, mean_error, mean_change, mean_held = named[:8]
    share = np.maximum(seen, 1e-3)
    xx, xy, yy, x_error, y_error, error, change, held = named[8:]
    xx, yy = xx - mean_x**2 / share, yy - mean_y**2 / share
    xy = xy - mean_x * mean_y / share
    x_error, y_error = x_error - mean_x * mean_error / share, y_error - mean_y * mean_error / share
    error = np.maximum(error - mean_error**2 / share, 0.0)
    change = np.maximum(change - mean_change**2 / share, 0.0)
    determinant = (xx + _DAMPING) * (yy + _DAMPING) - xy * xy
    step_x = -((yy + _DAMPING) * x_error - xy * y_error) / determinant
    step_y = -((xx + _DAMPING) * y_error - xy * x_error) / determinant
    length = np.hypot(step_x, step_y)
    shortened = np.minimum(1.0, _STEP_MAX_PX / np.maximum(length, _STEP_MAX_PX))
    step_x, step_y = step_x * shortened, step_y * shortened
    after = error + 2 * (step_x * x_error + step_y * y_error)
    after = after + step_x**2 * xx + 2 * step_x * step_y * xy + step_y**2 * yy
    left = np.clip(after, 0.0, error)
    moving = (change > _EXPLAINED_RATIO * left + _NOISE_FLOOR * share) & (seen > _SEEN_MIN)
    return CellMotion(
        right=np.where(moving, u + step_x, 0.0),
        down=np.where(moving, v + step_y, 0.0),
        moving=moving,
        stiffness=np.maximum((xx + yy - np.hypot(xx - yy, 2 * xy)) / 2, 0.0),
        texture=(xx, xy, yy),
        seen=seen,
        left=left,
        variance=np.maximum(held - mean_held**2 / share, 0.0),
    )
