"""How much of each of the twelve notes sounds, from the peaks of the spectrum.

Peaks are placed between bins by a parabola through the logarithms of three, which for the Hann
window is right to a fraction of a bin; so a note is told from its neighbour although at 100 Hz they
share a bin (the idea of E. Gomez, Tonal description of music audio signals, 2006).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from application.ports.components import Spectra

COLUMNS = 20
"""Columns of the spectrum in one stretch: 0.46 s."""
_FINE = 120
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 2500.0
_BESIDE_STRONGEST = 0.03
_AUDIBLE = 0.05
"""Of 512, the peak of a full-scale sine: -80 dB."""


@dataclass(frozen=True, slots=True)
class Chroma:
    """`notes` has shape (stretches, 12), C first, in units of the spectrum's magnitude."""

    notes: NDArray[np.float64]
    tuning_cents: float


def chroma(spectra: Spectra) -> Chroma:
    """The notes of each stretch; a last stretch may be shorter."""
    stretches = -(-spectra.column_count // COLUMNS)
    fine = np.zeros((stretches, _FINE))
    for block in spectra.blocks():
        column, tenth, weight = _peaks(block.magnitude, spectra.rate_hz / spectra.window)
        cell = (column + block.start) // COLUMNS * _FINE + tenth
        fine += np.bincount(cell, weight, fine.size).reshape(fine.shape)
    return _folded(fine)


def _peaks(
    magnitude: NDArray[np.float32], bin_hz: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Column, pitch class in tenths of a semitone above C, and magnitude of every peak."""
    first, last = int(_LOWEST_HZ / bin_hz), int(_HIGHEST_HZ / bin_hz)
    part = magnitude[:, first - 1 : last + 1]
    middle = part[:, 1:-1]
    floor = np.maximum(part.max(axis=1, keepdims=True) * _BESIDE_STRONGEST, _AUDIBLE)
    peak = (middle > part[:, :-2]) & (middle >= part[:, 2:]) & (middle > floor)
    column, offset = np.nonzero(peak)
    below, at, above = (
        np.log(np.maximum(part[column, offset + step], 1e-9), dtype=np.float64) for step in range(3)
    )
    shift = 0.5 * (below - above) / (below - 2 * at + above)
    semitones = 12 * np.log2((offset + first + shift) * bin_hz / 440) + 9
    tenth = np.floor(semitones * 10).astype(np.int64) % _FINE
    return column, tenth, middle[column, offset].astype(np.float64)


def _folded(fine: NDArray[np.float64]) -> Chroma:
    """Tenths of semitones to notes, around where the notes really stand."""
    tenths = np.arange(_FINE) + 0.5
    turn = np.angle((fine.sum(axis=0) * np.exp(2j * np.pi * tenths / 10)).sum()) / (2 * np.pi)
    note = np.floor((tenths - 10 * turn + 5) / 10).astype(np.int64) % 12
    notes = np.zeros((len(fine), 12))
    for number in range(12):
        notes[:, number] = fine[:, note == number].sum(axis=1)
    return Chroma(notes, float(100 * turn))
