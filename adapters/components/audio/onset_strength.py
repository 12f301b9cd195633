"""How strongly something begins at each column of the spectrum (spectral flux over mel bands)."""

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.mel import mel_filters
from application.ports.components import Spectra

BANDS = 40
AUDIBLE = 0.005
"""A mel level of about 80 dB below that of a full-scale sine: what is below is silence."""


def mel_levels(spectra: Spectra) -> NDArray[np.float32]:
    """The amplitude in each mel band, shape (columns, 40); 10 MB for twenty minutes."""
    filters = mel_filters(rate_hz=spectra.rate_hz, window=spectra.window, count=BANDS)
    levels = np.empty((spectra.column_count, BANDS), dtype=np.float32)
    for block in spectra.blocks():
        levels[block.start : block.start + len(block.magnitude)] = np.sqrt(
            np.square(block.magnitude) @ filters
        )
    return levels


def flux(levels: NDArray[np.float32]) -> NDArray[np.float64]:
    """The rise from each column to the next, summed over bands that rise, shape (columns,).

    Column 0 has none before it and rises by nothing. A short sound at time t rises half a column
    after t * rate / hop on the whole, a lasting one half a column before.
    """
    rises = np.diff(levels, axis=0, prepend=levels[:1])
    return np.asarray(np.maximum(rises, 0).sum(axis=1, dtype=np.float64))
