"""Flicker: an even swing of the whole picture's brightness."""

import numpy as np
import scipy
from numpy.typing import NDArray

RATE_HZ = 12.0
SLOWEST_HZ = 1.0
STRENGTH_MIN = 0.01
PROMINENCE_MIN = 0.5
_TREND_FRAMES = 13
_NEIGHBOURS = 2


def flicker(brightness: NDArray[np.float64]) -> tuple[float, float]:
    """Half the swing and the frequency in Hz of the flicker; (0, NaN) where there is none.

    What is left of the curve when its median over about a second is taken away is transformed under
    a Hann window; one frequency with its neighbours must hold half of the power.
    """
    swing = brightness - scipy.ndimage.median_filter(brightness, size=_TREND_FRAMES, mode="nearest")
    swing = swing - swing.mean()
    window = np.hanning(len(swing))
    amplitude = 2 * np.abs(np.fft.rfft(swing * window)) / max(1e-12, window.sum())
    hz = np.fft.rfftfreq(len(swing), 1 / RATE_HZ)
    amplitude[hz < SLOWEST_HZ] = 0
    peak = int(amplitude.argmax())
    power = np.square(amplitude)
    around = power[max(0, peak - _NEIGHBOURS) : peak + _NEIGHBOURS + 1].sum()
    strength = float(amplitude[peak]) / (2 if hz[peak] >= RATE_HZ / 2 else 1)
    if strength < STRENGTH_MIN or around < PROMINENCE_MIN * power.sum():
        return 0.0, float("nan")
    return strength, float(hz[peak])
