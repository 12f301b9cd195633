"""Fundamental frequency by YIN, many frames at once (de Cheveigne and Kawahara, JASA 111, 2002)."""

import numpy as np
import scipy
from numpy.typing import NDArray

RATE_HZ = 16_000
LOWEST_HZ, HIGHEST_HZ = 65.0, 1100.0
_LAG_MIN = int(RATE_HZ / HIGHEST_HZ)
_LAG_MAX = int(RATE_HZ / LOWEST_HZ) + 2
FRAME = 1024
"""Samples of a frame: a window and the longest lag."""
_WINDOW = FRAME - _LAG_MAX - 1
_DIP = 0.15


def fundamentals(
    frames: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Frequency in Hz and aperiodicity (0 periodic, 1 noise) of frames of shape (n, 1024).

    Where nothing repeats, the frequency is that of the deepest dip and means nothing.
    """
    dips = _normalised_difference(frames)
    lag = _first_dip(dips)
    rows = np.arange(len(dips))
    before, at, after = dips[rows, lag - 1], dips[rows, lag], dips[rows, lag + 1]
    curvature = before - 2 * at + after
    bend = np.where(curvature > 0, curvature, 1.0)
    shift = np.where(curvature > 0, np.clip((before - after) / (2 * bend), -0.5, 0.5), 0.0)
    return (RATE_HZ / (lag + shift)).astype(np.float32), np.minimum(at, 1)


def _normalised_difference(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """Equation 8: the squared difference at each lag over its mean at shorter lags."""
    spectrum = scipy.fft.rfft(frames, axis=1)
    windowed = scipy.fft.rfft(frames[:, :_WINDOW], n=FRAME, axis=1)
    # Circular, but window and longest lag fit the frame, so nothing wraps into the lags kept.
    products = scipy.fft.irfft(spectrum * np.conj(windowed), axis=1)[:, : _LAG_MAX + 1]
    energy = np.cumsum(np.square(frames, dtype=np.float64), axis=1)
    energy = np.concatenate([np.zeros((len(frames), 1)), energy], axis=1)
    shifted = energy[:, _WINDOW : _WINDOW + _LAG_MAX + 1] - energy[:, : _LAG_MAX + 1]
    difference = np.maximum(shifted[:, :1] + shifted - 2 * products, 0)
    total = np.cumsum(difference[:, 1:], axis=1)
    normalised = np.ones_like(difference)
    lags = np.arange(1, _LAG_MAX + 1)
    np.divide(difference[:, 1:] * lags, total, out=normalised[:, 1:], where=total > 0)
    return np.asarray(normalised, dtype=np.float32)


def _first_dip(dips: NDArray[np.float32]) -> NDArray[np.int64]:
    """The shortest lag at the bottom of a dip below the threshold, else the deepest of all."""
    inner = dips[:, _LAG_MIN:_LAG_MAX]
    bottom = (inner <= dips[:, _LAG_MIN - 1 : _LAG_MAX - 1]) & (
        inner < dips[:, _LAG_MIN + 1 : _LAG_MAX + 1]
    )
    deep = bottom & (inner < _DIP)
    first = np.argmax(deep, axis=1)
    deepest = np.argmin(inner, axis=1)
    return np.asarray(np.where(deep.any(axis=1), first, deepest) + _LAG_MIN, dtype=np.int64)
