"""Spectrum: centre, width, roll-off, flatness, entropy, contrast, crossings and band energies.

Definitions as in Peeters, "A large set of audio features" (CUIDADO, 2004), over the run's one
transform: centre and width weigh frequencies by magnitude, roll-off and entropy by energy.
Contrast is that of Jiang et al. (ICME 2002): the upper against the lower fifth of each octave.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio import stretches
from adapters.components.audio.spectrum_schema import BAND_EDGES_HZ, BANDS, CURVES, SCHEMA
from application.ports.components import Component, Inputs, Measurement, Sound, Spectra
from domain.component import ComponentSpec, Cost, EmptyReason, Modality, SoundKind

SPEC = ComponentSpec(
    name="spectrum",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="1",
    sounds=(SoundKind.MUSIC,),
    spectra=True,
    cost=Cost.SOUND_SECONDS,
)

_ROLLOFF = 0.85
_OCTAVES_HZ = (200.0, 400.0, 800.0, 1600.0, 3200.0, 6400.0, 11_025.0)
_FIFTH = 0.2
_FLOOR = 1e-10
_COLUMNS_MIN = 43
_MARGIN = 2


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than a second of sound, or none of it is audible."""
    spectra = _spectra(inputs)
    if spectra.column_count < _COLUMNS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of sound")
    found = _columns(spectra)
    heard = stretches.audible(found["energy"])
    # Columns at both ends look half into nothing, which is not what was heard.
    heard[:_MARGIN] = heard[-_MARGIN:] = False
    if not heard.any():
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing is audible")
    found["crossings_hz"] = _crossings(inputs.sounds[SoundKind.MUSIC], spectra)
    arrays: dict[str, NDArray[np.generic]] = {"times_s": stretches.times_s(spectra)}
    for name, *_ in CURVES:
        curve, present = stretches.averaged(found[name], heard)
        arrays[name] = curve
        arrays["audible"] = present
        arrays[f"mean_{name}"] = np.array(found[name][heard].mean())
    shares, _ = stretches.averaged(found["bands"], heard)
    arrays["band_shares"] = np.nan_to_num(shares)
    return Measurement(arrays)


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _spectra(inputs: Inputs) -> Spectra:
    if inputs.spectra is None:
        raise ValueError("the spectrum was asked for and not given")
    return inputs.spectra


def _columns(spectra: Spectra) -> dict[str, NDArray[np.float64]]:
    """One value a column and feature, shape (columns,); bands have shape (columns, 7)."""
    hz = np.fft.rfftfreq(spectra.window, 1 / spectra.rate_hz).astype(np.float64)
    parts = [_features(block.magnitude.astype(np.float64), hz) for block in spectra.blocks()]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _features(
    magnitude: NDArray[np.float64], hz: NDArray[np.float64]
) -> dict[str, NDArray[np.float64]]:
    power = np.square(magnitude)
    total = magnitude.sum(axis=1) + _FLOOR
    energy = power.sum(axis=1)
    centroid = magnitude @ hz / total
    # The second moment about 0 less that of the centre: one product instead of a matrix.
    spread = magnitude @ np.square(hz) / total - np.square(centroid)
    shares = power / (energy[:, None] + _FLOOR)
    logs = np.log(power + _FLOOR)
    entropy = np.log(energy + _FLOOR) - (shares * logs).sum(axis=1)
    return {
        "energy": energy,
        "centroid_hz": centroid,
        "bandwidth_hz": np.sqrt(np.maximum(0, spread)),
        "rolloff_hz": hz[(np.cumsum(shares, axis=1) < _ROLLOFF).sum(axis=1).clip(0, len(hz) - 1)],
        "flatness": np.clip(np.exp(logs.mean(axis=1)) / (power.mean(axis=1) + _FLOOR), 0, 1),
        "entropy": np.clip(entropy / np.log(len(hz)), 0, 1),
        "contrast_db": _contrast(logs, hz),
        "bands": _bands(shares, hz),
    }


def _contrast(logs: NDArray[np.float64], hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over octaves of the upper fifth's level less the lower fifth's, dB."""
    edges = np.searchsorted(hz, _OCTAVES_HZ)
    contrasts = []
    for first, last in pairwise(edges):
        ordered = np.sort(logs[:, first:last], axis=1)
        count = max(1, round(_FIFTH * (last - first)))
        contrasts.append(ordered[:, -count:].mean(axis=1) - ordered[:, :count].mean(axis=1))
    return np.asarray(np.mean(contrasts, axis=0) * 10 / np.log(10), dtype=np.float64)


def _bands(shares: NDArray[np.float64], hz: NDArray[np.float64]) -> NDArray[np.float64]:
    edges = np.searchsorted(hz, BAND_EDGES_HZ)
    edges[-1] = len(hz)
    summed = [shares[:, edges[i] : edges[i + 1]].sum(axis=1) for i in range(BANDS)]
    return np.asarray(np.clip(np.stack(summed, axis=1), 0, 1), dtype=np.float64)


def _crossings(sound: Sound, spectra: Spectra) -> NDArray[np.float64]:
    """Changes of sign per second around each column, shape (columns,)."""
    counts = np.zeros(spectra.column_count)
    for block in sound.blocks(overlap=1):
        is_negative = np.signbit(block.samples[:, 0])
        places = np.flatnonzero(is_negative[1:] != is_negative[:-1]) + block.start + 1
        columns = (places + spectra.hop // 2) // spectra.hop
        counts += np.bincount(columns, minlength=len(counts))[: len(counts)]
    return counts * spectra.rate_hz / spectra.hop
