"""Fewer points of a line without losing what stands out: the extremes of every stretch stay."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

POINTS_MIN = 10
POINTS_MAX = 10_000


def kept(values: NDArray[np.float64], *, points_max: int) -> NDArray[np.intp]:
    """Which of the first axis to keep, rising; all of them when they are few enough.

    `values` is (n,) or (n, k), NaN where missing. The positions are cut into stretches of equal
    length, and of each the lowest and the highest value of every column stay (min-max decimation),
    with the very first and last position. A stretch without any value keeps its first position, so
    that a gap stays a gap. At most `points_max` remain, or 2 a column where that is more.
    """
    rows = values[:, np.newaxis] if values.ndim == 1 else values
    count, columns = rows.shape
    if count <= points_max:
        return np.arange(count)
    stretches = max(1, (points_max - 2) // (2 * columns))
    bounds = np.linspace(0, count, stretches + 1).astype(np.intp)
    found = {0, count - 1}
    for start, end in pairwise(bounds):
        found.update(start + at for at in _extremes(rows[start:end]))
    return np.array(sorted(found), dtype=np.intp)


def _extremes(stretch: NDArray[np.float64]) -> set[int]:
    known = [column for column in stretch.T if np.isfinite(column).any()]
    if not known:
        return {0}
    lows = {int(np.nanargmin(column)) for column in known}
    return lows | {int(np.nanargmax(column)) for column in known}
