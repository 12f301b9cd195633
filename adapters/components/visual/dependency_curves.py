"""Curves of other components, read the same way by everything computed from them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from application.ports.components import Arrays

SILENCE_LUFS = -70.0
"""The absolute gate of EBU R 128: what lies below is silence, and counts as that much."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Values at rising moments, both of shape (n,); no NaN."""

    times_s: NDArray[np.float64]
    values: NDArray[np.float64]

    def within(self, start_s: float, end_s: float) -> NDArray[np.float64]:
        """The values of the moments from `start_s` up to, not including, `end_s`."""
        return self.values[(self.times_s >= start_s) & (self.times_s < end_s)]


def motion_curve(motion: Arrays) -> Curve:
    """Frame heights a second; a moment that says nothing counts as still."""
    magnitude = np.nan_to_num(motion["magnitude"].astype(np.float64), nan=0.0)
    return Curve(motion["times_s"].astype(np.float64), magnitude)


def loudness_curve(loudness: Arrays) -> Curve:
    """Momentary loudness (0.4 s windows) in LUFS, silence at the gate of -70."""
    lufs = loudness["momentary_lufs"].astype(np.float64)
    return Curve(
        loudness["momentary_times_s"].astype(np.float64),
        np.maximum(np.nan_to_num(lufs, nan=SILENCE_LUFS), SILENCE_LUFS),
    )


def mean_lufs(lufs: NDArray[np.float64]) -> float:
    """The loudness of the mean power of windows; shape (n,), n at least 1."""
    return float(10 * np.log10(np.mean(10 ** (lufs / 10))))
