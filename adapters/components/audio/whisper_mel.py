"""The sound of half a minute as recognisers of Whisper's family want it."""

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.mel import mel_filters

RATE_HZ = 16_000
LENGTH_S = 30
_WINDOW, _HOP, _BANDS = 400, 160, 80
_FRAMES = LENGTH_S * RATE_HZ // _HOP
_POWER_MIN = 1e-10
_RANGE = 8.0
_FILTERS = mel_filters(rate_hz=RATE_HZ, window=_WINDOW, count=_BANDS)
_HANN = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)


def whisper_mel(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Levels of 80 mel bands every 10 ms, shape (80, 3000), as in Radford et al., 2022.

    `samples` are mono at 16 kHz, at most 30 s; silence follows them. Levels are decades within
    eight of the loudest, moved and scaled to about ±1.
    """
    padded = np.zeros(LENGTH_S * RATE_HZ, dtype=np.float32)
    padded[: len(samples)] = samples
    centred = np.pad(padded, _WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(centred, _WINDOW)[::_HOP][:_FRAMES]
    power = np.square(np.abs(np.fft.rfft(frames * _HANN, axis=1))).astype(np.float32)
    levels = np.log10(np.maximum(power @ _FILTERS, _POWER_MIN))
    levels = np.maximum(levels, levels.max() - _RANGE)
    return np.ascontiguousarray(((levels + 4) / 4).T, dtype=np.float32)
