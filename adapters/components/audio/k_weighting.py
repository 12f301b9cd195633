"""The ear of ITU-R BS.1770: the K filter at any sampling rate and the weight of each channel."""

import numpy as np
from numpy.typing import NDArray

_SURROUND = 10 ** (1.5 / 10)
# Channels as ffmpeg orders them when only their number is known: 2.1, 5.0, 5.1, 6.1 and 7.1.
# BS.1770-4 (table 4) weights what stands at 60 to 120 degrees by +1.5 dB and all else by 0 dB;
# the low-frequency channel is left out.
_WEIGHTS: dict[int, tuple[float, ...]] = {
    3: (1, 1, 0),
    5: (1, 1, 1, _SURROUND, _SURROUND),
    6: (1, 1, 1, 0, _SURROUND, _SURROUND),
    7: (1, 1, 1, 0, 1, _SURROUND, _SURROUND),
    8: (1, 1, 1, 0, 1, 1, _SURROUND, _SURROUND),
}


def channel_weights(channels: int) -> NDArray[np.float64]:
    """The weight of each channel's power; more than eight channels count alike."""
    return np.array(_WEIGHTS.get(channels, (1.0,) * channels), dtype=np.float64)


def k_filter(rate_hz: int) -> NDArray[np.float64]:
    """The two stages of BS.1770-4 as second-order sections, shape (2, 6).

    The standard gives coefficients for 48 kHz alone. Here they are made for any rate from the
    analogue prototypes behind them (a shelf of +4 dB above 1.7 kHz and a high pass at 38 Hz), by
    the bilinear transform; at 48 kHz they equal the standard's.
    """
    return np.vstack([_shelf(rate_hz), _high_pass(rate_hz)])


def _shelf(rate_hz: int) -> NDArray[np.float64]:
    gain, quality = 10 ** (3.999843853973347 / 20), 0.7071752369554196
    k = np.tan(np.pi * 1681.974450955533 / rate_hz)
    band = gain**0.4996667741545416
    a0 = 1 + k / quality + k * k
    numerator = np.array(
        [gain + band * k / quality + k * k, 2 * (k * k - gain), gain - band * k / quality + k * k]
    )
    denominator = np.array([a0, 2 * (k * k - 1), 1 - k / quality + k * k])
    return np.asarray(np.concatenate([numerator, denominator]) / a0, dtype=np.float64)


def _high_pass(rate_hz: int) -> NDArray[np.float64]:
    quality = 0.5003270373238773
    k = np.tan(np.pi * 38.13547087602444 / rate_hz)
    a0 = 1 + k / quality + k * k
    denominator = np.array([a0, 2 * (k * k - 1), 1 - k / quality + k * k]) / a0
    # The standard leaves the numerator at 1, -2, 1 whatever the rate.
    return np.concatenate([[1.0, -2.0, 1.0], denominator])
