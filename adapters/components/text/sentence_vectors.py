"""Directions of texts: what the served sentence encoder makes of them, one unit vector a text."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from adapters.components.text.pieces import BEGIN, END, Pieces
from application.ports.inference import Inference

MODEL = "use_multilingual"
WIDTH = 512
STRETCH_PIECES_MAX = 64
"""Two or three sentences: the encoder learnt from single ones, and blurs what is much longer."""

_NONE = -1
_TEXTS_A_CALL = 16


def vectors_of(inference: Inference, pieces: Pieces, texts: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors, shape (texts, 512), of texts that each hold something but spaces.

    A long text is cut into stretches of even length, whose vectors are averaged by length.
    Raises what `infer` raises.
    """
    stretches: list[list[int]] = []
    owners: list[int] = []
    for owner, text in enumerate(texts):
        for stretch in _stretches(pieces.cut(text)):
            stretches.append(stretch)
            owners.append(owner)
    found = _asked(inference, stretches)
    total = np.zeros((len(texts), WIDTH))
    lengths = np.array([len(stretch) for stretch in stretches], dtype=np.float64)
    np.add.at(total, owners, found * lengths[:, None])
    return np.asarray(total / np.linalg.norm(total, axis=1, keepdims=True), dtype=np.float32)


def _stretches(numbers: list[int]) -> list[list[int]]:
    count = max(1, -(-len(numbers) // STRETCH_PIECES_MAX))
    edges = np.linspace(0, len(numbers), count + 1).round().astype(int).tolist()
    return [numbers[a:b] for a, b in pairwise(edges)]


def _asked(inference: Inference, stretches: list[list[int]]) -> NDArray[np.float64]:
    """The vectors in order; those of like length travel together, since all are filled up."""
    order = np.argsort([len(stretch) for stretch in stretches], kind="stable").tolist()
    found = np.zeros((len(stretches), WIDTH))
    for start in range(0, len(order), _TEXTS_A_CALL):
        chosen = order[start : start + _TEXTS_A_CALL]
        width = 2 + max(len(stretches[at]) for at in chosen)
        items = np.full((len(chosen), width), _NONE, dtype=np.int64)
        for row, at in zip(items, chosen, strict=True):
            row[: len(stretches[at]) + 2] = [BEGIN, *stretches[at], END]
        found[chosen] = inference.infer(MODEL, {"pieces": items})["vector"]
    return found
