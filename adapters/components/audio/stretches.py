"""Curves of the spectrum's columns, averaged over stretches so that they can be drawn."""

import numpy as np
from numpy.typing import NDArray

from application.ports.components import Spectra

COLUMNS = 10
"""Columns averaged into one value: 0.23 s."""

AUDIBLE_DB = -80.0
_FULL_SCALE_ENERGY = 1.5 * 512.0**2
"""Energy of a column of a full-scale sine under the Hann window of 2048."""


def times_s(spectra: Spectra) -> NDArray[np.float64]:
    """The centre of each stretch, shape (n,); a rest shorter than a stretch is left out."""
    count = spectra.column_count // COLUMNS
    first = (COLUMNS - 1) / 2
    hop_s = spectra.hop / spectra.rate_hz
    return np.asarray((np.arange(count) * COLUMNS + first) * hop_s, dtype=np.float64)


def audible(energy: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Columns above -80 dB of a full-scale sine: what is below is silence, and says nothing."""
    return np.asarray(energy > _FULL_SCALE_ENERGY * 10 ** (AUDIBLE_DB / 10), dtype=np.bool_)


def averaged(
    values: NDArray[np.float64], heard: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Means over the audible columns of each stretch; NaN, and False, where none is audible.

    `values` has shape (columns,) or (columns, k); the means (n,) or (n, k), the mask (n,).
    """
    count = len(values) // COLUMNS
    weights = heard[: count * COLUMNS].reshape(count, COLUMNS).astype(np.float64)
    parts = values[: count * COLUMNS].reshape(count, COLUMNS, -1)
    present = weights.sum(axis=1) > 0
    means = np.full((count, parts.shape[2]), np.nan, dtype=np.float32)
    sums = (parts * weights[:, :, None]).sum(axis=1)
    means[present] = sums[present] / weights.sum(axis=1)[present, None]
    return (means[:, 0] if values.ndim == 1 else means), present
