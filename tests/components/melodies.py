"""Made music whose key is known: scales and cadences on several instruments."""

from collections.abc import Callable, Sequence

import numpy as np

from tests.components.signals import Samples, silence

RATE_HZ = 22_050
KEYS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")

MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)
NATURAL_MINOR_SCALE = (0, 2, 3, 5, 7, 8, 10, 12)
HARMONIC_MINOR_SCALE = (0, 2, 3, 5, 7, 8, 11, 12)

Chord = tuple[int, ...]
MAJOR_CADENCE: tuple[Chord, ...] = ((0, 4, 7), (5, 9, 12), (7, 11, 14), (0, 4, 7))
MINOR_CADENCE: tuple[Chord, ...] = ((0, 3, 7), (5, 8, 12), (7, 11, 14), (0, 3, 7))

Instrument = Callable[[float, float], Samples]


def flute(frequency_hz: float, duration_s: float) -> Samples:
    """Almost a sine."""
    return _note(frequency_hz, duration_s, harmonics=(1.0, 0.1), decay=0.5)


def piano(frequency_hz: float, duration_s: float) -> Samples:
    return _note(frequency_hz, duration_s, harmonics=(1, 0.6, 0.4, 0.3, 0.2, 0.1), decay=3.0)


def organ(frequency_hz: float, duration_s: float) -> Samples:
    return _note(frequency_hz, duration_s, harmonics=(1, 0.8, 0.5, 0.5, 0.3, 0.3, 0.2), decay=0.0)


def hertz(note: float, *, tuning_cents: float = 0.0) -> float:
    """Of a MIDI note; 69 is A at 440 Hz."""
    return float(440 * 2 ** ((note - 69) / 12 + tuning_cents / 1200))


def played(
    chords: Sequence[Chord],
    instrument: Instrument,
    *,
    tonic: int,
    note_s: float = 0.5,
    tuning_cents: float = 0.0,
) -> Samples:
    """Chords of semitones above the tonic (a MIDI note), one after another."""
    parts = []
    for chord in chords:
        made = silence(note_s, rate_hz=RATE_HZ)
        for step in chord:
            made = made + instrument(hertz(tonic + step, tuning_cents=tuning_cents), note_s)
        parts.append(made / np.float32(len(chord)))
    return np.concatenate(parts)


def scale(steps: Sequence[int]) -> tuple[Chord, ...]:
    return tuple((step,) for step in steps)


def _note(
    frequency_hz: float, duration_s: float, *, harmonics: Sequence[float], decay: float
) -> Samples:
    at_s = np.arange(round(duration_s * RATE_HZ)) / RATE_HZ
    made = np.zeros(len(at_s))
    for number, level in enumerate(harmonics, start=1):
        made += level * np.sin(2 * np.pi * number * frequency_hz * at_s)
    envelope = np.minimum(1, np.minimum(at_s, duration_s - at_s) / 0.01) * np.exp(-decay * at_s)
    return np.asarray(0.5 * made / sum(harmonics) * envelope, dtype=np.float32)
