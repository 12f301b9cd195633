"""How long each sampled frame stands for: to the middles between it and its neighbours."""

import numpy as np
from numpy.typing import NDArray


def edges_of(times_s: NDArray[np.float64], duration_s: float) -> NDArray[np.float64]:
    """Where the stretches of rising moments begin and end, shape (n + 1,): 0 to the duration."""
    end_s = max(duration_s, float(times_s[-1]))
    return np.concatenate([[0.0], (times_s[1:] + times_s[:-1]) / 2, [end_s]])


def share_of_time(
    values: NDArray[np.float64] | NDArray[np.bool_],
    edges_s: NDArray[np.float64],
    *,
    start_s: float = 0.0,
    end_s: float = np.inf,
) -> float:
    """The mean of values over time from `start_s` to `end_s`, each held for its own stretch."""
    inside = np.clip(edges_s, start_s, end_s)
    lengths_s = np.diff(inside)
    whole_s = float(lengths_s.sum())
    if whole_s <= 0:
        return 0.0
    return float(np.clip((values * lengths_s).sum() / whole_s, 0.0, None))
