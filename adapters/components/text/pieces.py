"""Pieces of words: how a text is cut for the sentence encoder.

The likeliest of all ways to cut a text under a unigram model (Kudo 2018), found by Viterbi's
algorithm as SentencePiece does; the vocabulary comes from who serves the encoder.
"""

import unicodedata
from dataclasses import dataclass
from typing import Self

import numpy as np

from application.ports.inference import Inference

VOCABULARY = "use_pieces"
PIECES = 128_000
UNKNOWN, BEGIN, END = 0, 1, 2

_NO_LETTERS = 3
"""Pieces 0, 1 and 2 stand for unknown letters, a text's begin and its end."""
_SPACE = "\u2581"
_UNKNOWN_SCORE = 10.0
"""How much less likely a letter without a piece is than the least likely piece."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """The vocabulary: each piece's number and the logarithm of how likely it is."""

    known: dict[str, tuple[int, float]]
    longest: int
    unknown_score: float

    @classmethod
    def served(cls, inference: Inference) -> Self:
        """The words that go with the served weights. Raises what `infer` raises."""
        answer = inference.infer(VOCABULARY, {"numbers": np.arange(PIECES, dtype=np.int64)})
        rows, scores = answer["letters"], answer["scores"].tolist()
        letters = np.ascontiguousarray(rows).view(f"S{rows.shape[1]}").ravel().tolist()
        found = [piece.decode() for piece in letters]
        known = {
            piece: (number, scores[number])
            for number, piece in enumerate(found)
            if number >= _NO_LETTERS
        }
        return cls(known, max(map(len, known)), min(scores) - _UNKNOWN_SCORE)

    def cut(self, text: str) -> list[int]:
        """The numbers of a text's pieces in order; none for a text of nothing but spaces."""
        plain = " ".join(unicodedata.normalize("NFKC", text).split())
        if not plain:
            return []
        line = _SPACE + plain.replace(" ", _SPACE)
        size = len(line)
        best = [0.0] + [-np.inf] * size
        came: list[tuple[int, int]] = [(0, UNKNOWN)] * (size + 1)
        for start in range(size):
            for end in range(start + 1, min(start + self.longest, size) + 1):
                number, score = self._piece(line[start:end])
                if best[start] + score > best[end]:
                    best[end], came[end] = best[start] + score, (start, number)
        return _walked_back(came)

    def _piece(self, letters: str) -> tuple[int, float]:
        """A piece's number and score; only a single letter may be unknown."""
        found = self.known.get(letters)
        if found is not None:
            return found
        return UNKNOWN, self.unknown_score if len(letters) == 1 else -np.inf


def _walked_back(came: list[tuple[int, int]]) -> list[int]:
    numbers: list[int] = []
    at = len(came) - 1
    while at > 0:
        at, number = came[at]
        numbers.append(number)
    return numbers[::-1]
