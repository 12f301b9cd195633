"""Timbre: mel-frequency cepstral coefficients and how fast they change.

As in librosa: 128 Slaney mel bands of the power spectrum in dB, the orthonormal cosine transform of
type II, the first 13 (Davis and Mermelstein, IEEE TASSP 28, 1980); deltas by a line through nine
columns. Own code, because librosa's wants the whole spectrum in memory; equal to it but for
librosa's cut at 80 dB below the loudest moment, which would make each moment depend on all others.
"""

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.audio import stretches
from adapters.components.audio.mel import mel_filters
from adapters.components.audio.timbre_schema import COEFFICIENTS, SCHEMA
from application.ports.components import Component, Inputs, Measurement, Spectra
from domain.component import ComponentSpec, Cost, EmptyReason, Modality

SPEC = ComponentSpec(
    name="timbre",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="1",
    spectra=True,
    cost=Cost.SOUND_SECONDS,
)

BANDS = 128
_FLOOR = 1e-10
_DELTA_COLUMNS = 9
_COLUMNS_MIN = 43
_MARGIN = 6


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than a second of sound, or none of it is audible."""
    spectra = inputs.spectra
    if spectra is None or spectra.column_count < _COLUMNS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of sound")
    mfcc, energy = _coefficients(spectra)
    heard = stretches.audible(energy)
    # Columns at both ends look half into nothing, and so do their deltas.
    heard[:_MARGIN] = heard[-_MARGIN:] = False
    if not heard.any():
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing is audible")
    columns_per_s = spectra.rate_hz / spectra.hop
    delta = scipy.signal.savgol_filter(mfcc, _DELTA_COLUMNS, polyorder=1, deriv=1, axis=0)
    curves, present = stretches.averaged(mfcc, heard)
    return Measurement(
        {
            "mean_mfcc": mfcc[heard].mean(axis=0),
            "std_mfcc": mfcc[heard].std(axis=0),
            "std_delta": delta[heard].std(axis=0) * columns_per_s,
            "times_s": stretches.times_s(spectra),
            "audible": present,
            "mfcc": np.nan_to_num(curves),
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _coefficients(spectra: Spectra) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coefficients, shape (columns, 13), and the energy of each column."""
    filters = mel_filters(rate_hz=spectra.rate_hz, window=spectra.window, count=BANDS)
    found, energies = [], []
    for block in spectra.blocks():
        power = np.square(block.magnitude)
        levels = 10 * np.log10(np.maximum(power @ filters, _FLOOR))
        found.append(
            scipy.fft.dct(levels.astype(np.float64), norm="ortho", axis=1)[:, :COEFFICIENTS]
        )
        energies.append(power.sum(axis=1, dtype=np.float64))
    return np.concatenate(found), np.concatenate(energies)
