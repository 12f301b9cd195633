"""A small band: drums, bass and chords in a known tempo and key, made of sines and noise."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from entrypoints.demo.timeline import DURATION_S, SAMPLE_RATE_HZ, TEMPO_BPM

Sound = NDArray[np.float64]

BEAT_S = 60.0 / TEMPO_BPM
BEATS_PER_BAR = 4
# One chord a bar, all of C major, beginning and ending on C; semitones above C.
CHORDS = {"C": (0, 4, 7), "F": (5, 9, 12), "G": (7, 11, 14), "Am": (9, 12, 16)}
PROGRESSION = ("C", "F", "G", "C", "C", "Am", "F", "G", "C", "F", "G", "C", "F", "G", "C")
C4_HZ = 440.0 * 2 ** (-9 / 12)
HARMONICS = 6
NOISE_SEED = 7


def music() -> Sound:
    """Return stereo sound, shape (samples, 2), in arbitrary loudness."""
    noise = np.random.default_rng(NOISE_SEED).standard_normal(SAMPLE_RATE_HZ)
    left, right = _silence(), _silence()
    for beat in range(round(DURATION_S / BEAT_S)):
        at_s = beat * BEAT_S
        for side in (left, right):
            _add(side, _kick(), at_s)
            if beat % 2 == 1:
                _add(side, _snare(noise), at_s)
        for half in (0.0, 0.5):
            hat = _hat(noise, accent=1.0 if half else 0.6)
            _add(left, hat * 0.6, at_s + half * BEAT_S)
            _add(right, hat, at_s + half * BEAT_S)
        root, *others = CHORDS[PROGRESSION[beat // BEATS_PER_BAR]]
        for side in (left, right):
            _add(side, _pluck(root - 24, 0.35), at_s)
            for semitone in (root, *others):
                _add(side, _pluck(semitone, 0.22), at_s)
    # As a limiter on a mixing desk does: louder on the whole under the same peaks.
    return np.tanh(1.5 * np.stack([left, right], axis=1))


def _silence() -> Sound:
    return np.zeros(round(DURATION_S * SAMPLE_RATE_HZ))


def _add(track: Sound, note: Sound, at_s: float) -> None:
    start = round(at_s * SAMPLE_RATE_HZ)
    part = note[: len(track) - start]
    track[start : start + len(part)] += part


def _time(seconds: float) -> Sound:
    return np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ


def _kick() -> Sound:
    t = _time(0.25)
    phase = 2 * np.pi * (45.0 * t + (130.0 - 45.0) * 0.03 * (1 - np.exp(-t / 0.03)))
    return np.asarray(0.6 * np.sin(phase) * np.exp(-t / 0.07))


def _snare(noise: Sound) -> Sound:
    t = _time(0.2)
    body = 0.4 * np.sin(2 * np.pi * 190.0 * t) * np.exp(-t / 0.05)
    return np.asarray(body + 0.25 * noise[: len(t)] * np.exp(-t / 0.045))


def _hat(noise: Sound, *, accent: float) -> Sound:
    t = _time(0.06)
    # The difference of neighbours leaves the high half of the noise.
    return np.asarray(0.07 * accent * np.diff(noise[: len(t) + 1]) * np.exp(-t / 0.015))


@cache
def _pluck(semitone: int, level: float) -> Sound:
    t = _time(BEAT_S)
    pitch_hz = C4_HZ * 2 ** (semitone / 12)
    tone = np.zeros_like(t)
    for n in range(1, HARMONICS + 1):
        tone += np.sin(2 * np.pi * n * pitch_hz * t) / n**1.6
    attack = np.minimum(t / 0.005, 1.0)
    release = np.minimum((BEAT_S - t) / 0.02, 1.0)
    return np.asarray(level * tone * attack * release * np.exp(-t / 0.6))
