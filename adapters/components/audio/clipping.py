"""Clipped samples: excursions to full scale that are flat where a wave would be round."""

import numpy as np
from numpy.typing import NDArray

NEAR = 0.9
FULL = 0.99
RUN_MIN = 3
FLAT_SHARE_MIN = 0.6
"""Of an excursion above 0.9, a sine that just reaches full scale spends 0.31 above 0.99."""


class ClippingCounter:
    """Counts clipped samples of one channel over blocks that follow each other."""

    def __init__(self) -> None:
        self.clipped = 0
        self._held = np.zeros(0, dtype=np.float32)

    def feed(self, samples: NDArray[np.float32]) -> None:
        """Takes the next block; an excursion that reaches its end waits for the one after."""
        level = np.concatenate([self._held, np.abs(samples)])
        near = level >= NEAR
        last_calm = np.flatnonzero(~near)
        end = int(last_calm[-1]) + 1 if last_calm.size else 0
        self.clipped += _clipped(level[:end])
        self._held = level[end:]

    def finish(self) -> int:
        """All clipped samples, when no block is left."""
        self.clipped += _clipped(self._held)
        self._held = np.zeros(0, dtype=np.float32)
        return self.clipped


def _clipped(level: NDArray[np.float32]) -> int:
    near = np.concatenate([[False], level >= NEAR, [False]])
    edges = np.flatnonzero(near[1:] != near[:-1])
    starts, stops = edges[::2], edges[1::2]
    full = np.concatenate([[0], np.cumsum(level >= FULL)])
    counts = full[stops] - full[starts]
    flat = (counts >= RUN_MIN) & (counts >= FLAT_SHARE_MIN * (stops - starts))
    return int(counts[flat].sum())
