"""Made sounds whose measures are known."""

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def tone(
    frequency_hz: float,
    duration_s: float,
    *,
    rate_hz: int,
    peak: float = 0.5,
    phase: float = 0.0,
) -> Samples:
    """A sine of that peak, shape (n,)."""
    at_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (peak * np.sin(2 * np.pi * frequency_hz * at_s + phase)).astype(np.float32)


def silence(duration_s: float, *, rate_hz: int) -> Samples:
    return np.zeros(round(duration_s * rate_hz), dtype=np.float32)


def white_noise(duration_s: float, *, rate_hz: int, rms: float = 0.1, seed: int = 1) -> Samples:
    made = np.random.default_rng(seed).standard_normal(round(duration_s * rate_hz))
    return (rms * made).astype(np.float32)


def pink_noise(duration_s: float, *, rate_hz: int, rms: float = 0.1, seed: int = 1) -> Samples:
    """Noise whose power falls by 3 dB an octave (above 20 Hz)."""
    count = round(duration_s * rate_hz)
    bins = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    made = np.fft.irfft(bins / np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / rate_hz), 20)), count)
    return np.asarray(rms * made / made.std(), dtype=np.float32)


def saw(frequency_hz: float, duration_s: float, *, rate_hz: int, peak: float = 0.5) -> Samples:
    """A sawtooth without aliasing: all harmonics below half the rate, 1/n each."""
    at_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    made = np.zeros(len(at_s))
    for harmonic in range(1, int(rate_hz / 2 / frequency_hz) + 1):
        made += np.sin(2 * np.pi * harmonic * frequency_hz * at_s) / harmonic
    return np.asarray(peak * made / np.abs(made).max(), dtype=np.float32)


def stereo(samples: Samples) -> Samples:
    """The same on both channels, shape (n, 2)."""
    return np.stack([samples, samples], axis=1)


def peak_of(level_dbfs: float) -> float:
    return float(10 ** (level_dbfs / 20))
