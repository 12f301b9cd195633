"""Harmony: the notes that sound, tuning, key and mode with confidence, and changes of key."""

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.chroma import COLUMNS, chroma
from adapters.components.audio.harmony_schema import SCHEMA
from adapters.components.audio.keys import (
    TONICS,
    changes,
    key_confidence,
    key_name,
    key_path,
    key_scores,
)
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality

SPEC = ComponentSpec(
    name="harmony",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="2",
    spectra=True,
    cost=Cost.SOUND_SECONDS,
)

_STRETCHES_MIN = 3
_WINDOW = 26
"""Stretches of 0.46 s over which a key is judged: 12 s."""
_STRIDE = 4


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than 1.4 s of sound, or no tone above -80 dB (silence)."""
    spectra = inputs.spectra
    if spectra is None:
        raise ValueError("harmony reads the spectrum")
    if spectra.column_count < _STRETCHES_MIN * COLUMNS:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1.4 s of sound")
    found = chroma(spectra)
    total = found.notes.sum(axis=0)
    if not total.any():
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "no tone above -80 dB")
    hop_s = spectra.hop / spectra.rate_hz
    best = int(np.argmax(key_scores(total)))
    key, mode = key_name(best)
    strongest = found.notes.max(axis=1, keepdims=True)
    beside = found.notes / np.where(strongest > 0, strongest, 1.0)
    end_s = (spectra.column_count - 1) * hop_s
    bounds_s, keys = _keys(found.notes, stretch_s=COLUMNS * hop_s, end_s=end_s, overall=best)
    return Measurement(
        {
            "key": np.array(key),
            "mode": np.array(mode),
            "key_confidence": np.array(key_confidence(total)),
            "tuning_cents": np.array(found.tuning_cents),
            "chroma_mean": total / total.sum(),
            "note_names": np.array(TONICS),
            "times_s": (np.arange(len(beside)) * COLUMNS + (COLUMNS - 1) / 2) * hop_s,
            "chroma": beside.astype(np.float32),
            "key_bounds_s": bounds_s,
            "key_names": np.array([" ".join(key_name(one)) for one in keys]),
            "key_change_times_s": bounds_s[1:, 0].copy(),
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _keys(
    notes: NDArray[np.float64], *, stretch_s: float, end_s: float, overall: int
) -> tuple[NDArray[np.float64], list[int]]:
    """Bounds of stretches in one key, shape (n, 2), and their keys.

    A change is put halfway between the centres of the windows before and after it. Sound shorter
    than two windows is in one key.
    """
    starts = list(range(0, len(notes) - _WINDOW + 1, _STRIDE))
    if len(notes) < 2 * _WINDOW:
        return np.array([[0.0, end_s]]), [overall]
    running = np.concatenate([np.zeros((1, 12)), np.cumsum(notes, axis=0)])
    path = key_path(np.array([running[start + _WINDOW] - running[start] for start in starts]))
    edges = changes(path)
    centres_s = (np.array(starts, dtype=np.float64) + _WINDOW / 2) * stretch_s
    cuts_s = [float(centres_s[edge - 1] + centres_s[edge]) / 2 for edge in edges]
    bounds_s = np.array(list(zip([0.0, *cuts_s], [*cuts_s, end_s], strict=True)))
    return bounds_s, [int(path[edge]) for edge in (0, *edges)]
