"""Which key notes are in: profiles of the 24 keys, and where the key changes.

Profiles of J. Albrecht and D. Shanahan, The use of large corpora to train a new type of key-finding
algorithm (Music Perception 31, 2013), compared as C. Krumhansl compares hers. On rendered scales
and cadences hers take the relative major for the minor in one case of twelve; these never do.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

TONICS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
MODES = ("major", "minor")
_MAJOR = (0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.080, 0.008, 0.081)
_MINOR = (0.220, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052)
_CHANGE_COST = 0.6


def _standardised(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    deviations = rows - rows.mean(axis=-1, keepdims=True)
    length = np.linalg.norm(deviations, axis=-1, keepdims=True)
    return np.asarray(deviations / np.where(length > 0, length, 1.0))


_PROFILES = _standardised(
    np.array([np.roll(profile, tonic) for profile in (_MAJOR, _MINOR) for tonic in range(12)])
)


def key_name(index: int) -> tuple[str, str]:
    """Tonic and mode of an index from 0 (C major) to 23 (B minor)."""
    return TONICS[index % 12], MODES[index // 12]


def key_scores(notes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlation of notes, shape (..., 12), with each key, shape (..., 24)."""
    # Not a matrix product: its last bits depend on how many rows it is given.
    return np.asarray((_standardised(notes)[..., None, :] * _PROFILES).sum(axis=-1))


def tonal_contrast(notes: NDArray[np.float64]) -> NDArray[np.float64]:
    """How unlike each other the twelve notes are: 0 all alike, above 0.6 for music in a key."""
    mean = notes.mean(axis=-1)
    return np.asarray(notes.std(axis=-1) / np.where(mean > 0, mean, 1.0))


def key_confidence(notes: NDArray[np.float64]) -> float:
    """Near 0 for noise and speech (all notes alike), near 1 for plain tonal music."""
    best, second = np.sort(key_scores(notes))[::-1][:2]
    contrast = np.clip((tonal_contrast(notes) - 0.3) / 0.4, 0, 1)
    fit = np.clip((best - 0.4) / 0.4, 0, 1)
    lead = np.clip(0.5 + (best - second) / 0.2, 0, 1)
    return float(contrast * fit * lead)


def key_path(notes: NDArray[np.float64]) -> NDArray[np.int64]:
    """The key of each of a row of windows, shape (n,), such that it does not change idly (Viterbi).

    `notes` has shape (n, 12). Windows count by how tonal they are.
    """
    gains = key_scores(notes) * np.clip(tonal_contrast(notes), 0, 1)[:, None]
    total = gains[0]
    came_from = np.zeros(gains.shape, dtype=np.int64)
    for window in range(1, len(gains)):
        switched = int(np.argmax(total))
        stay = total >= total[switched] - _CHANGE_COST
        came_from[window] = np.where(stay, np.arange(24), switched)
        total = np.where(stay, total, total[switched] - _CHANGE_COST) + gains[window]
    path = [int(np.argmax(total))]
    for window in range(len(gains) - 1, 0, -1):
        path.append(int(came_from[window, path[-1]]))
    return np.array(path[::-1], dtype=np.int64)


def changes(path: NDArray[np.int64]) -> list[int]:
    """Positions in the path whose key differs from the one before."""
    return [position for position, (a, b) in enumerate(pairwise(path), start=1) if a != b]
