"""Where to cut speech for a recogniser that listens to half a minute at once: in pauses."""

import numpy as np
from numpy.typing import NDArray

LENGTH_S_MAX = 28.0
_LENGTH_S_MIN = 10.0
_MARGIN_S = 0.2
_PAUSE_S_MAX = 3.0

Bounds = NDArray[np.float64]


def cuts(
    spoken_s: Bounds,
    times_s: NDArray[np.float64],
    probability: NDArray[np.float32],
    *,
    duration_s: float,
) -> Bounds:
    """Stretches of at most 28.4 s that hold all speech once, rising and apart, shape (n, 2).

    Speech is put together over pauses of up to 3 s while it fits, with 0.2 s to either side where
    there is room. A longer piece without a pause is cut where speech is least sure, 10 to 28 s from
    its start.
    """
    pieces = [
        piece
        for start_s, end_s in spoken_s
        for piece in _short(start_s, end_s, times_s, probability)
    ]
    joined: list[list[float]] = []
    for start_s, end_s in pieces:
        if (
            joined
            and start_s - joined[-1][1] <= _PAUSE_S_MAX
            and end_s - joined[-1][0] <= LENGTH_S_MAX
        ):
            joined[-1][1] = end_s
        else:
            joined.append([start_s, end_s])
    bounds = np.asarray(joined, dtype=np.float64).reshape(-1, 2)
    room = (bounds[1:, 0] - bounds[:-1, 1]) / 2
    bounds[:, 0] -= np.minimum(_MARGIN_S, np.concatenate([bounds[:1, 0], room]))
    bounds[:, 1] += np.minimum(_MARGIN_S, np.concatenate([room, duration_s - bounds[-1:, 1]]))
    return bounds


def _short(
    start_s: float, end_s: float, times_s: NDArray[np.float64], probability: NDArray[np.float32]
) -> list[tuple[float, float]]:
    """A stretch in pieces of at most 28 s."""
    pieces = []
    while end_s - start_s > LENGTH_S_MAX:
        near = np.flatnonzero(
            (times_s > start_s + _LENGTH_S_MIN) & (times_s < start_s + LENGTH_S_MAX)
        )
        cut_s = (
            float(times_s[near[np.argmin(probability[near])]])
            if len(near)
            else start_s + LENGTH_S_MAX
        )
        pieces.append((start_s, cut_s))
        start_s = cut_s
    return [*pieces, (start_s, end_s)]
