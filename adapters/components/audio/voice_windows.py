"""Windows of speech in which one voice is compared with others."""

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.excerpts import Excerpt
from adapters.components.audio.mel import mel_filters

RATE_HZ = 16_000
WINDOW = 25_600
WINDOW_S = WINDOW / RATE_HZ
_STEP_S = 0.8
_WINDOWS_MAX = 1000
_STRETCH_S_MIN = 0.6
_FRAME, _HOP, _FRAMES, _BANDS = 400, 160, 160, 40
_LEVEL_MIN = 10 ** (-30 / 20)
_SILENCE = 1e-6
_FILTERS = mel_filters(rate_hz=RATE_HZ, window=_FRAME, count=_BANDS)
_HANN = np.hanning(_FRAME + 1)[:-1].astype(np.float32)


def windows(
    spoken_s: NDArray[np.float64], *, duration_s: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Starts of windows of 1.6 s, shape (n,), and the speech that each speaks for, shape (n, 2).

    Every 0.8 s of each stretch of speech; of a stretch shorter than a window, one around it. Under
    0.6 s a voice is not told. Of much speech there are at most about 1,000 windows, further apart.
    """
    spoken_s = spoken_s[spoken_s[:, 1] - spoken_s[:, 0] >= _STRETCH_S_MIN]
    total_s = float((spoken_s[:, 1] - spoken_s[:, 0]).sum())
    step_s = max(_STEP_S, total_s / _WINDOWS_MAX)
    starts_s, shares_s = [], []
    for start_s, end_s in spoken_s:
        count = 1 + max(0, int((end_s - start_s - WINDOW_S) / step_s))
        edges_s = np.linspace(start_s, end_s, count + 1)
        middles_s = (edges_s[1:] + edges_s[:-1]) / 2
        latest_s = max(0.0, min(end_s, duration_s) - WINDOW_S)
        earliest_s = min(start_s, latest_s)
        if end_s - start_s < WINDOW_S:
            earliest_s, latest_s = 0.0, max(0.0, duration_s - WINDOW_S)
        starts_s.append(np.clip(middles_s - WINDOW_S / 2, earliest_s, latest_s))
        shares_s.append(np.stack([edges_s[:-1], edges_s[1:]], axis=1))
    if not starts_s:
        return np.zeros(0), np.zeros((0, 2))
    return np.concatenate(starts_s), np.concatenate(shares_s)


def voice_mel(samples: Excerpt) -> NDArray[np.float32]:
    """Power in 40 mel bands every 10 ms, shape (160, 40), as the network GE2E wants it.

    Of 1.6 s, mono at 16 kHz; softer than -30 dBFS is raised to it.
    """
    level = float(np.sqrt(np.square(samples).mean()))
    raised = samples * max(1.0, _LEVEL_MIN / max(level, _SILENCE))
    centred = np.pad(raised, _FRAME // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(centred, _FRAME)[::_HOP][:_FRAMES]
    power = np.square(np.abs(np.fft.rfft(frames * _HANN, axis=1))).astype(np.float32)
    return np.asarray(power @ _FILTERS, dtype=np.float32)
