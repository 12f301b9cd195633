"""Harmonic and percussive shares by median filtering (D. Fitzgerald, DAFx 2010).

A lasting tone is a line along time in the spectrum, a stroke a line along frequency: what survives
a median along time is harmonic, what survives one along frequency is percussive. Own code, because
librosa's wants the whole spectrum in memory; the medians are taken over a spectrum of which pairs
of bins are joined, and as one long row, which SciPy filters ten times faster than a matrix.
"""

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.audio import stretches
from adapters.components.listing import line, mask, times, value
from application.ports.components import Component, Inputs, Measurement, Spectra, SpectrumBlock
from domain.component import ComponentSpec, Cost, EmptyReason, Modality
from domain.schema import ArtifactSchema, Label, Unit

SPEC = ComponentSpec(
    name="harmonic_percussive",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="1",
    spectra=True,
    cost=Cost.SOUND_SECONDS,
)

SCHEMA = ArtifactSchema(
    component="harmonic_percussive",
    version="1",
    label=Label("Tones and strokes", "Тоны и удары"),
    meaning=Label(
        "How much of the sound's energy lasts as tones, and how much comes as strokes",
        "Какая часть энергии звука держится тонами, а какая приходит ударами",
    ),
    arrays=(
        value(
            "harmonic_share",
            unit=Unit.SHARE,
            high=1.0,
            label=("Tones", "Тоны"),
            meaning=(
                "Share of energy in lasting tones; the rest is strokes. Noise gives about a half",
                "Доля энергии в длящихся тонах; остальное - удары. Шум даёт около половины",
            ),
        ),
        times(),
        mask(
            "audible",
            along="times_s",
            label=("Audible", "Слышно"),
            meaning=("False in silence", "Ложь в тишине"),
        ),
        line(
            "harmonic_over_time",
            along="times_s",
            unit=Unit.SHARE,
            high=1.0,
            presence="audible",
            may_be_constant=True,
            label=("Tones over time", "Тоны во времени"),
            meaning=("The share from moment to moment", "Эта доля в каждый момент"),
        ),
    ),
)

REACH = 8
"""Columns and joined bins on each side: medians over 17, 0.4 s and 370 Hz."""

_JOINED = 2
_COLUMNS_MIN = 43
_FLOOR = 1e-12


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than a second of sound, or none of it is audible."""
    spectra = inputs.spectra
    if spectra is None or spectra.column_count < _COLUMNS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of sound")
    harmonic, energy = _energies(spectra)
    heard = stretches.audible(energy)
    if not heard.any():
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing is audible")
    shares = np.clip(harmonic / (energy + _FLOOR), 0, 1)
    curve, present = stretches.averaged(shares, heard)
    return Measurement(
        {
            "harmonic_share": np.array(harmonic[heard].sum() / energy[heard].sum()).clip(0, 1),
            "times_s": stretches.times_s(spectra),
            "audible": present,
            "harmonic_over_time": curve,
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _energies(spectra: Spectra) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The harmonic energy and all energy of each column, shape (columns,) each."""
    parts = [_split(block) for block in spectra.blocks(overlap=REACH)]
    harmonic = np.concatenate([part[0] for part in parts])
    return harmonic, np.concatenate([part[1] for part in parts])


def _split(block: SpectrumBlock) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    bins = block.magnitude.shape[1] // _JOINED * _JOINED
    power = np.square(block.magnitude[:, :bins], dtype=np.float32)
    joined = power.reshape(len(power), -1, _JOINED).sum(axis=2)
    # One filter along time, one along frequency; the ratio of their squares splits the energy.
    along_time = _median_rows(joined.T).T
    along_frequency = _median_rows(joined)
    mask = np.square(along_time) / (
        np.square(along_time) + np.square(along_frequency) + np.float32(_FLOOR)
    )
    inner = slice(block.lead, len(joined) - block.trail)
    harmonic = (mask * joined)[inner].sum(axis=1, dtype=np.float64)
    return harmonic, joined[inner].sum(axis=1, dtype=np.float64)


def _median_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The median over 17 along each row, its ends repeated; as one row with margins between."""
    padded = np.pad(rows, ((0, 0), (REACH, REACH)), mode="edge")
    filtered = scipy.ndimage.median_filter(padded.ravel(), size=2 * REACH + 1)
    return np.asarray(filtered.reshape(padded.shape)[:, REACH:-REACH], dtype=np.float32)
