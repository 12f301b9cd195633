"""From what moved between two frames of the grid to how fast it moved: by the true time between.

A frame of the 12 fps grid shows the source picture that is on, so two frames lie two or three
pictures of a 30 fps source apart, and none where a slower source shows the same one again.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.curves import RATE_HZ

Values = NDArray[np.float64]

_STANDS_MIN_S = 0.25
"""A picture that is on for longer is seen to stand, until another takes its place."""
_STEP_MIN_S = 0.005
"""Pictures of an uneven clock that are closer: the flow's error would pass for a leap."""


@dataclass(frozen=True, slots=True)
class Speeds:
    """Motion by pair of frames, told over true steps; shapes (pairs,).

    A pair that shows one picture twice has no motion of its own. What it shows moved on unseen
    until the next picture: that step's motion is spread evenly over all the time it took, so that
    the frames between tell the speed, not stillness and then a leap, and sums over time stay true.
    Where the next picture cannot be followed (a cut) or does not come, nothing is known, unless
    the picture stood for long: then nothing moved. `known` is where there is a value.
    """

    known: NDArray[np.bool_]
    _carrier: NDArray[np.int64]
    _step_s: Values
    _moves: NDArray[np.bool_]

    @classmethod
    def over(cls, steps_s: Values, *, matched: NDArray[np.bool_]) -> "Speeds":
        """`steps_s` is the true time of each pair, `matched` where its flow can be believed."""
        pairs = np.arange(len(steps_s))
        true = np.append(np.flatnonzero(steps_s > 0), len(steps_s))
        carrier = true[np.searchsorted(true, pairs)]
        comes = carrier < len(steps_s)
        # Nobody reads what follows the last true step; it only has to be no division by zero.
        moved = np.append(matched & (steps_s >= _STEP_MIN_S), [False])[carrier]
        step_s = np.where(comes, np.append(steps_s, 1.0)[carrier], 1.0)
        stands = ~moved & (pairs < carrier) & (_on_for_s(steps_s, carrier) > _STANDS_MIN_S)
        return cls(moved | stands, np.minimum(carrier, len(steps_s) - 1), step_s, moved)

    def of(self, moved: Values) -> Values:
        """What moved in each pair as what moves in a second; 0 where nothing is `known`."""
        return np.where(self._moves, moved[self._carrier] / self._step_s, 0.0)


def _on_for_s(steps_s: Values, carrier: NDArray[np.int64]) -> Values:
    """How long the picture that each pair begins with is on; at the end as long as is known."""
    starts = np.searchsorted(carrier, carrier)
    shown_again_s = (len(steps_s) - starts) / RATE_HZ
    return np.where(carrier < len(steps_s), np.append(steps_s, 0.0)[carrier], shown_again_s)
