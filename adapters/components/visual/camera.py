"""The motion of the camera, told from the motion of things by a robust fit over the cells.

A similarity (shift, zoom, roll about the middle of the frame) is fitted by iterated reweighted
least squares with the weights of Geman and McClure (1987), started from the weighted median: what
moves otherwise than most of the textured picture loses its say.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.cell_flow import CellMotion

Values = NDArray[np.float64]

_ROUNDS = 6
_SPREAD_MIN_PX = 0.03
_SIZE_QUANTILE = 0.9
_SIZE_MIN_PX = 0.2
_CLEAR = 4.0
_SMOOTH_SAY = 0.6
_SMOOTH_STEP_PX = 3.0
_SEEN_MIN = 0.4
_ABSENT_SAY = 1e-3


@dataclass(frozen=True, slots=True)
class CameraMotion:
    """The similarity of each pair of frames, in half-size pixels, shapes (pairs,).

    A point at (x, y) from the middle moves right by `right + zoom x - roll y` and down by
    `down + roll x + zoom y`.
    """

    right: Values
    down: Values
    zoom: Values
    roll: Values

    def at(self, across: Values, along: Values) -> tuple[Values, Values]:
        """How points move with the camera, shapes (pairs, points): right and down."""
        zoom, roll = self.zoom[:, None], self.roll[:, None]
        right = self.right[:, None] + zoom * across - roll * along
        down = self.down[:, None] + roll * across + zoom * along
        return right, down


def camera_motion(cells: CellMotion, *, across: Values, along: Values) -> CameraMotion:
    """Fits the camera of every pair; `across` and `along` are the cells' places from the middle."""
    say = _say(cells)
    none = np.zeros(len(say))
    camera = CameraMotion(
        _weighted_median(cells.right, say), _weighted_median(cells.down, say), none, none
    )
    for _ in range(_ROUNDS):
        right, down = camera.at(across, along)
        off = np.hypot(cells.right - right, cells.down - down)
        spread = np.maximum(2 * _weighted_median(off, say), _SPREAD_MIN_PX)[:, None]
        weight = say / (1 + (off / spread) ** 2) ** 2
        camera = _fitted(cells, weight, across=across, along=along)
    return camera


def _say(cells: CellMotion) -> Values:
    """How much each cell is heard: as much as a motion of the pair's size would show in it.

    Cells without any texture speak softly for what they show, which is no motion, and only
    where the motion is large: a person before a plain wall is not a pan.
    """
    length = np.where(cells.moving, np.hypot(cells.right, cells.down), 0.0)
    size = np.maximum(np.quantile(length, _SIZE_QUANTILE, axis=1), _SIZE_MIN_PX)[:, None] ** 2
    firm = cells.stiffness * size / (cells.stiffness * size + _CLEAR * (cells.left + 0.1))
    smooth = _SMOOTH_SAY * size / (size + _SMOOTH_STEP_PX**2)
    heard = smooth + (1 - smooth) * firm
    return np.where(cells.seen > _SEEN_MIN, heard, _ABSENT_SAY)


def _fitted(cells: CellMotion, weight: Values, *, across: Values, along: Values) -> CameraMotion:
    """Weighted least squares of the similarity, in closed form about the weighted middle."""
    total = weight.sum(axis=1)

    def mean(values: Values) -> Values:
        return np.asarray((weight * values).sum(axis=1) / total)

    middle_x, middle_y = mean(across[None, :]), mean(along[None, :])
    shift_x, shift_y = mean(cells.right), mean(cells.down)
    x, y = across - middle_x[:, None], along - middle_y[:, None]
    u, v = cells.right - shift_x[:, None], cells.down - shift_y[:, None]
    size = np.maximum((weight * (x * x + y * y)).sum(axis=1), 1e-9)
    zoom = (weight * (x * u + y * v)).sum(axis=1) / size
    roll = (weight * (x * v - y * u)).sum(axis=1) / size
    right = shift_x - zoom * middle_x + roll * middle_y
    down = shift_y - roll * middle_x - zoom * middle_y
    return CameraMotion(right, down, zoom, roll)


def _weighted_median(values: Values, weight: Values) -> Values:
    """The weighted median of each row, shape (rows,)."""
    order = np.argsort(values, axis=1, kind="stable")
    sums = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
    place = np.argmax(sums >= sums[:, -1:] / 2, axis=1)
    chosen = np.take_along_axis(order, place[:, None], axis=1)
    return np.asarray(np.take_along_axis(values, chosen, axis=1)[:, 0])
