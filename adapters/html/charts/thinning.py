"""Thinning a long series to what a plot can show, keeping every gap and every extreme."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

POINTS_MAX = 800


def runs(present: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches of True as (start, stop) indices, stop excluded."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], present, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def thin_run(
    values: NDArray[np.float64], start: int, stop: int, *, bucket: float
) -> NDArray[np.intp]:
    """Indices to keep of one gapless stretch: its ends, and each bucket's lowest and highest.

    `bucket` is how many values share one place of the plot; up to two values per bucket are all
    kept. (Min-max decimation, as oscilloscopes do it.)
    """
    if bucket <= 2 or stop - start <= 2:  # noqa: PLR2004 - nothing to leave out of two
        return np.arange(start, stop)
    first, last = int(start / bucket), int((stop - 1) / bucket)
    edges = np.ceil(np.arange(first, last + 2) * bucket).astype(int).clip(start, stop)
    kept = {start, stop - 1}
    for low, high in pairwise(edges.tolist()):
        if high > low:
            part = values[low:high]
            kept.update((low + int(part.argmin()), low + int(part.argmax())))
    return np.array(sorted(kept))
