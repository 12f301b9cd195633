"""Beat times by dynamic programming (D. Ellis, Beat tracking by dynamic programming, 2007)."""

import numpy as np
import scipy
from numpy.typing import NDArray

_TIGHTNESS = 100.0
_WEAK = 0.1
_REFINE = 2
# Between a click (half a column early) and a lasting sound (half a column late).
_LATENESS = 0.3


def beat_columns(
    curve: NDArray[np.float64], *, periods: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Beats as fractions of columns of the onset curve, rising.

    `periods` is the expected distance to the beat before, in columns, for every column. Beats fall
    on strong onsets at about that distance; those before the first and after the last onset of any
    strength are dropped.
    """
    strength = curve / (curve.std() + 1e-12)
    total, before = _best_paths(scipy.ndimage.gaussian_filter1d(strength, 1.0), periods)
    tail = round(1.5 * periods[-1])
    beat = len(total) - tail + int(np.argmax(total[-tail:])) if tail < len(total) else -1
    beats = []
    while beat >= 0:
        beats.append(beat)
        beat = int(before[beat])
    return _refined(curve, _without_silent_ends(np.array(beats[::-1], dtype=np.int64), curve))


def _best_paths(
    strength: NDArray[np.float64], periods: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The best total of a chain of beats ending at each column, and the beat before in it."""
    total = strength.copy()
    before = np.full(len(strength), -1, dtype=np.int64)
    longest = int(np.ceil(2 * periods.max()))
    lags = np.arange(longest, 0, -1)
    logarithms = np.log(lags)
    for column in range(len(strength)):
        period = periods[column]
        low, high = max(0, column - round(2 * period)), column - max(1, round(period / 2))
        if high < low:
            continue
        window = slice(longest - (column - low), longest - (column - high) + 1)
        costs = _TIGHTNESS * (logarithms[window] - np.log(period)) ** 2
        chains = total[low : high + 1] - costs
        best = int(np.argmax(chains))
        if chains[best] > 0:
            total[column] += chains[best]
            before[column] = low + best
    return total, before


def _without_silent_ends(beats: NDArray[np.int64], curve: NDArray[np.float64]) -> NDArray[np.int64]:
    if not beats.size:
        return beats
    at_beats = scipy.ndimage.maximum_filter1d(curve, 2 * _REFINE + 1)[beats]
    sounding = np.flatnonzero(at_beats > _WEAK * np.median(at_beats))
    return beats[sounding[0] : sounding[-1] + 1] if sounding.size else beats[:0]


def _refined(curve: NDArray[np.float64], beats: NDArray[np.int64]) -> NDArray[np.float64]:
    """Each beat at the centre of mass of the onset around it."""
    padded = np.pad(curve, _REFINE)
    offsets = np.arange(-_REFINE, _REFINE + 1)
    around = padded[beats[:, None] + _REFINE + offsets]
    mass = around.sum(axis=1)
    shift = (around @ offsets) / np.where(mass > 0, mass, 1.0)
    return np.asarray(beats + shift + _LATENESS, dtype=np.float64)
