"""Where to cut speech for a recogniser that listens to half a minute at once: in pauses."""

import numpy as np
from numpy.typing import NDArray

LENGTH_S_MAX = 28.0
_LEAST_SHARE = 0.36
"""Of the longest piece: no cut before it."""
_MARGIN_S = 0.2
_PAUSE_S_MAX = 3.0

Bounds = NDArray[np.float64]


def cuts(
    spoken_s: Bounds,
    times_s: NDArray[np.float64],
    probability: NDArray[np.float32],
    *,
    duration_s: float,
    longest_s: float = LENGTH_S_MAX,
) -> Bounds:
    """Stretches that hold all speech once, rising and apart, shape (n, 2).

    They last at most `longest_s` and 0.4 s. Speech is put together over pauses of up to 3 s while
    it fits, with 0.2 s to either side where there is room. A longer piece without a pause is cut
    where speech is least sure, in the last two thirds of what fits.
    """
    pieces = [
        piece
        for start_s, end_s in spoken_s
        for piece in _short((start_s, end_s), times_s, probability, longest_s=longest_s)
    ]
    joined: list[list[float]] = []
    for start_s, end_s in pieces:
        if (
            joined
            and start_s - joined[-1][1] <= _PAUSE_S_MAX
            and end_s - joined[-1][0] <= longest_s
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
    stretch_s: tuple[float, float],
    times_s: NDArray[np.float64],
    probability: NDArray[np.float32],
    *,
    longest_s: float,
) -> list[tuple[float, float]]:
    """A stretch in pieces of at most `longest_s`."""
    start_s, end_s = stretch_s
    pieces = []
    while end_s - start_s > longest_s:
        near = np.flatnonzero(
            (times_s > start_s + _LEAST_SHARE * longest_s) & (times_s < start_s + longest_s)
        )
        cut_s = (
            float(times_s[near[np.argmin(probability[near])]]) if len(near) else start_s + longest_s
        )
        pieces.append((start_s, cut_s))
        start_s = cut_s
    return [*pieces, (start_s, end_s)]
