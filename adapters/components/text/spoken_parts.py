"""What is said in each half minute of a video, where its words are kept."""

from collections.abc import Mapping
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from adapters.components.text.told_texts import LETTERS_MIN, said
from adapters.components.text.words import script_counts
from application.ports.components import Inputs

PART_S = 30.0


def spoken_parts(inputs: Inputs) -> dict[int, str]:
    """The words of each half minute in which words begin, by its number; none without words."""
    listed = said(inputs)
    if not listed:
        return {}
    starts_s = inputs.artifacts["speech_transcript"]["word_bounds_s"][:, 0].tolist()
    placed = zip(starts_s, listed, strict=True)
    parts = groupby(placed, key=lambda word: int(word[0] // PART_S))
    spoken = {part: " ".join(word for _, word in found) for part, found in parts}
    return {part: text for part, text in spoken.items() if script_counts(text)[0] >= LETTERS_MIN}


def bounds_s(parts: Mapping[int, str]) -> NDArray[np.float64]:
    """Start and end of each part, shape (parts, 2)."""
    starts_s = np.array(list(parts), dtype=np.float64) * PART_S
    return np.stack([starts_s, starts_s + PART_S], axis=1)


def middles_s(parts: Mapping[int, str]) -> NDArray[np.float64]:
    """The middle of each part, shape (parts,)."""
    return np.asarray(bounds_s(parts).mean(axis=1), dtype=np.float64)
