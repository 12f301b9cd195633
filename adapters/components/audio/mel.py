"""The mel scale as sound components use it: Slaney's, with filters of equal area."""

import numpy as np
from numpy.typing import NDArray

_LINEAR_HZ_PER_MEL = 200.0 / 3
_BREAK_HZ = 1000.0
_LOG_STEP = np.log(6.4) / 27.0


def mel_filters(*, rate_hz: int, window: int, count: int) -> NDArray[np.float32]:
    """Weights from a power spectrum to mel bands, shape (window // 2 + 1, count).

    Triangles between points equally spaced in mel from 0 to half the rate, each divided by half its
    width (M. Slaney, Auditory Toolbox, 1998); equal to `librosa.filters.mel` transposed.
    """
    bins_hz = np.fft.rfftfreq(window, 1 / rate_hz)
    edges_hz = _to_hz(np.linspace(0, _to_mel(rate_hz / 2), count + 2))
    low, centre, high = edges_hz[:-2], edges_hz[1:-1], edges_hz[2:]
    rising = (bins_hz[:, None] - low) / (centre - low)
    falling = (high - bins_hz[:, None]) / (high - centre)
    weights = np.maximum(0, np.minimum(rising, falling)) * (2 / (high - low))
    return weights.astype(np.float32)


def _to_mel(frequency_hz: float) -> float:
    if frequency_hz < _BREAK_HZ:
        return frequency_hz / _LINEAR_HZ_PER_MEL
    return float(_BREAK_HZ / _LINEAR_HZ_PER_MEL + np.log(frequency_hz / _BREAK_HZ) / _LOG_STEP)


def _to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    break_mel = _BREAK_HZ / _LINEAR_HZ_PER_MEL
    logarithmic = _BREAK_HZ * np.exp(_LOG_STEP * (mel - break_mel))
    return np.where(mel < break_mel, mel * _LINEAR_HZ_PER_MEL, logarithmic)
