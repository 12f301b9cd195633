"""The period between beats, from how an onset curve resembles itself later on.

Autocorrelation peaks at every multiple of the beat, so a peak alone cannot tell a beat from two of
them or a half. What tells is the next level down: a curve shifted by odd multiples of the true beat
resembles itself, and shifted by a half, a third or a fifth of a beat it does markedly less.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

SLOWEST_BPM, FASTEST_BPM = 40.0, 240.0
_STEP = 0.0025
CANDIDATES_BPM = np.exp(np.arange(np.log(SLOWEST_BPM), np.log(FASTEST_BPM), _STEP))
_NEIGHBOURS = 8
_BETWEEN = (1 / 2, 1 / 3, 2 / 3, 1 / 5, 2 / 5, 3 / 5, 4 / 5)
_LAG_MAX_S = 12.0
_LAG_SHARE_MAX = 0.6
# Where people tap when several levels fit (van Noorden and Moelants, 1999, give 120 and wider).
_TAPPED_BPM, _TAPPED_OCTAVES = 105.0, 0.7
_CHANCE = 0.35
_AMPLE = 0.2
"""A level this much better than chance is a level of the music; which is the beat, taste says."""
_FULL = 0.6


@dataclass(frozen=True, slots=True)
class BeatEvidence:
    """For each of `CANDIDATES_BPM`: how well it explains the curve (-1 to 1), less what chance may.

    `chance` is what noise of the same length reaches: few repetitions resemble each other easily.
    """

    contrast: NDArray[np.float64]
    chance: NDArray[np.float64]

    @property
    def best(self) -> int:
        """The index of the level that people would tap among those with ample evidence."""
        octaves = np.log2(CANDIDATES_BPM / _TAPPED_BPM) / _TAPPED_OCTAVES
        ample = np.clip((self.contrast - self.chance) / _AMPLE, 0, 1)
        # The small terms decide where nothing is ample.
        chosen = int(np.argmax((ample + 0.02 * self.contrast + 0.001) * np.exp(-0.5 * octaves**2)))
        first = max(0, chosen - _NEIGHBOURS)
        return first + int(np.argmax(self.contrast[first : chosen + _NEIGHBOURS + 1]))

    def confidence(self, index: int) -> float:
        """0 for what noise does as well, 1 for what repeats like a machine."""
        chance = float(self.chance[index])
        return float(np.clip((self.contrast[index] - chance) / max(_FULL - chance, 0.1), 0, 1))


def beat_evidence(curve: NDArray[np.float64], *, column_s: float) -> BeatEvidence:
    """Evidence from one stretch of the onset curve."""
    similarity = _autocorrelation(_peaks_above_surroundings(curve, column_s=column_s))
    lag_max = min(_LAG_SHARE_MAX * len(curve), _LAG_MAX_S / column_s)
    periods = 60 / CANDIDATES_BPM / column_s
    repetitions = np.maximum(lag_max / periods, 1)
    multiples = np.arange(1, int(repetitions.max()) + 2)

    def likeness(shifts: NDArray[Any]) -> NDArray[np.float64]:
        lags = shifts[:, None] * periods
        used = lags <= lag_max
        at = np.interp(lags, np.arange(len(similarity)), similarity)
        return np.asarray((at * used).sum(axis=0) / np.maximum(used.sum(axis=0), 1))

    # A subdivision fits only some multiples: a half the even ones, a third every third.
    on_beats = np.minimum(likeness(multiples[::2]), likeness(multiples[multiples % 3 > 0]))
    between = np.max([likeness(multiples - share) for share in _BETWEEN], axis=0)
    contrast = on_beats - np.maximum(0, between)
    return BeatEvidence(contrast, _CHANCE / np.sqrt(repetitions))


def _peaks_above_surroundings(
    curve: NDArray[np.float64], *, column_s: float
) -> NDArray[np.float64]:
    size = 2 * round(0.5 / column_s) + 1
    return np.maximum(curve - scipy.ndimage.uniform_filter1d(curve, size, mode="nearest"), 0)


def _autocorrelation(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unbiased, 1 at lag 0; zeros when the curve is level."""
    deviation = curve - curve.mean()
    count = len(deviation)
    size = scipy.fft.next_fast_len(2 * count)
    spectrum = scipy.fft.rfft(deviation, size)
    lagged = scipy.fft.irfft(np.square(np.abs(spectrum)), size)[:count]
    lagged /= np.arange(count, 0, -1)
    if lagged[0] <= 0:
        return np.zeros(count)
    return np.asarray(lagged / lagged[0])
