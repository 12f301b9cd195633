"""The highest level between samples, by four-fold oversampling (ITU-R BS.1770-4, annex 2)."""

import numpy as np
import scipy
from numpy.typing import NDArray

_EDGE = np.array(
    [
        [0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125],
        [-0.0594482421875, 0.1373291015625, 0.97216796875, -0.102294921875],
        [0.0476074218750, -0.026611328125, 0.014892578125, -0.00830078125],
    ]
).ravel()
_MIDDLE = np.array(
    [
        [-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125],
        [-0.16650390625, 0.465087890625, 0.77978515625, -0.2003173828125],
        [0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375],
    ]
).ravel()
_FACTOR = 4
_TAPS = len(_EDGE)
LEAD = _TAPS - 1
"""How many samples of what came before `true_peak` needs."""
# The third and fourth phases of the standard's table are the second and the first mirrored.
_FILTER = np.stack([_EDGE, _MIDDLE, _MIDDLE[::-1], _EDGE[::-1]], axis=1).ravel().astype(np.float32)
_GAIN_MAX = float(np.abs(_FILTER.reshape(_TAPS, _FACTOR)).sum(axis=0).max())
_CHUNK = 1024


def true_peak(samples: NDArray[np.float32], *, at_least: float) -> float:
    """The true peak (1.0 is full scale) of one channel, or `at_least` when that is higher.

    The first `LEAD` samples are what came before (zeros at the start). Chunks whose sample peak
    cannot reach the highest value so far even at the filter's largest gain are left out: the result
    is exact, and a passage far below the peak costs nothing.
    """
    magnitude = np.abs(samples)
    highest = max(at_least, float(magnitude[LEAD:].max(initial=0.0)))
    starts = np.arange(0, len(samples) - LEAD, _CHUNK)
    if not starts.size:
        return highest
    peaks = np.maximum.reduceat(magnitude, starts)
    reach = np.maximum(peaks, np.concatenate([peaks[1:], [magnitude[-LEAD:].max()]])) * _GAIN_MAX
    for chunk in np.argsort(-reach):
        if reach[chunk] <= highest:
            break
        begin = int(starts[chunk])
        oversampled = scipy.signal.upfirdn(
            _FILTER, samples[begin : begin + LEAD + _CHUNK], up=_FACTOR
        )
        settled = oversampled[_FACTOR * LEAD : -_FACTOR * LEAD]
        highest = max(highest, float(settled.max()), -float(settled.min()))
    return highest
