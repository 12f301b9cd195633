"""fastText's lid.176: which of 176 languages a text is in, by words and pieces of them.

Joulin and others, Bag of Tricks for Efficient Text Classification, 2017; compressed as in
FastText.zip, 2016: rows of eight codes of two numbers each, times a length that is a code as well.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto

from adapters.model_repository.graph import Graph
from adapters.model_repository.lookup import rows_of, word_key

Files = Mapping[str, Path]

_MAGIC, _FORMAT = 793712314, 12
_BY_TREE, _SUPERVISED = 1, 3
_LABEL = "__label__"
_CODES = 256


def lid_176(files: Files) -> ModelProto:
    """Probabilities of languages, in the alphabetical order of their codes."""
    read = _Reader(files["weights"].read_bytes())
    words, labels, pieces = _dictionary(read)
    codes = [label for label, _ in labels]
    table = _rows(read)
    if read.take("?")[0]:
        raise ValueError("the last layer is compressed, which lid.176 is not")
    count, width = read.take("qq")
    last = read.array(np.float32, (count, width))
    keys = np.concatenate([[word_key(word) for word in words], pieces]).astype(np.int64)
    if len(keys) != len(table):
        raise ValueError(f"{len(keys)} words and pieces for {len(table)} rows")
    order = np.argsort(codes)
    left, right = (paths[:, order] for paths in _paths([amount for _, amount in labels]))
    graph = Graph()
    given = graph.input("keys", TensorProto.INT64, ("N", "keys"))
    row = rows_of(graph, given, keys)
    zero = graph.constant(np.asarray(0, dtype=np.int32))
    is_there = graph.add("GreaterOrEqual", row, zero)
    there = graph.add("Cast", is_there, to=TensorProto.FLOAT)
    found = graph.add("Gather", graph.constant(table), graph.add("Max", row, zero))
    weighed = graph.add("Mul", found, graph.add("Unsqueeze", there, graph.constant([2])))
    total = graph.add("ReduceSum", weighed, graph.constant([1]), keepdims=0)
    amount = graph.add("ReduceSum", there, graph.constant([1]), keepdims=1)
    mean = graph.add("Div", total, graph.add("Max", amount, graph.constant(1.0)))
    turns = graph.add("MatMul", mean, graph.constant(last[: len(left)].T))
    against, with_it = graph.add("Softplus", turns), graph.add("Softplus", graph.add("Neg", turns))
    unlikely = graph.add(
        "Add",
        graph.add("MatMul", against, graph.constant(left)),
        graph.add("MatMul", with_it, graph.constant(right)),
    )
    likely = graph.add("Exp", graph.add("Neg", unlikely))
    graph.output("probabilities", likely, ("N", len(codes)))
    return graph.model()


def _paths(amounts: list[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Which turns lead to each label in the tree of Huffman that fastText builds.

    Shape (nodes, labels) both: 1 where the way to the label turns left at a node, or right.
    """
    size = len(amounts)
    weights = [*amounts, *([10**15] * (size - 1))]
    below: list[list[int]] = [[label] for label in range(size)]
    left = np.zeros((size - 1, size), dtype=np.float32)
    right = np.zeros_like(left)
    leaf, node = size - 1, size
    for made in range(size, 2 * size - 1):
        chosen = []
        for _ in range(2):
            if leaf >= 0 and weights[leaf] < weights[node]:
                chosen.append(leaf)
                leaf -= 1
            else:
                chosen.append(node)
                node += 1
        weights[made] = weights[chosen[0]] + weights[chosen[1]]
        left[made - size, below[chosen[0]]] = 1
        right[made - size, below[chosen[1]]] = 1
        below.append(below[chosen[0]] + below[chosen[1]])
    return left, right


@dataclass(slots=True)
class _Reader:
    """A file read from start to end, its numbers without padding."""

    content: bytes
    at: int = 0

    def take(self, form: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{form}", self.content, self.at)
        self.at += struct.calcsize(f"<{form}")
        return found

    def array(self, kind: type[np.generic], shape: tuple[int, ...]) -> NDArray[Any]:
        size = int(np.prod(shape))
        found = np.frombuffer(self.content, kind, size, self.at).reshape(shape)
        self.at += found.nbytes
        return found

    def word(self) -> bytes:
        end = self.content.index(b"\0", self.at)
        found = self.content[self.at : end]
        self.at = end + 1
        return found


def _dictionary(
    read: _Reader,
) -> tuple[list[bytes], list[tuple[str, int]], NDArray[np.int64]]:
    """Words, labels with how often they were seen, and the pieces kept, all in their order."""
    if read.take("ii") != (_MAGIC, _FORMAT):
        raise ValueError("no model of fastText 0.9")
    settings = read.take("12id")
    if (settings[6], settings[7]) != (_BY_TREE, _SUPERVISED):
        raise ValueError("a model of another kind than lid.176")
    size, word_count, label_count, _, kept = read.take("iiiqq")
    entries = [(read.word(), *read.take("qb")) for _ in range(size)]
    labels = [(name.decode().removeprefix(_LABEL), seen) for name, seen, _ in entries[word_count:]]
    if len(labels) != label_count:
        raise ValueError("labels stand among the words")
    pairs = np.array([read.take("ii") for _ in range(kept)], dtype=np.int64)
    words = [name for name, _, _ in entries[:word_count]]
    return words, labels, pairs[np.argsort(pairs[:, 1]), 0]


def _rows(read: _Reader) -> NDArray[np.float32]:
    """The table of words and pieces, its codes undone; shape (rows, width)."""
    is_compressed, has_lengths = read.take("??")
    if not (is_compressed and has_lengths):
        raise ValueError("the table is not compressed as that of lid.176 is")
    rows, width, size = read.take("qqi")
    codes = read.array(np.uint8, (rows, size // rows))
    centres = _centres(read)
    lengths = read.array(np.uint8, (rows,))
    length_centres = _centres(read)
    parts = centres[np.arange(codes.shape[1]), codes]
    found = parts.reshape(rows, width) * length_centres[0, lengths]
    return np.asarray(found, dtype=np.float32)


def _centres(read: _Reader) -> NDArray[np.float32]:
    """What each code stands for: shape (parts, codes, numbers of a part)."""
    width, parts, part_width, last_width = read.take("iiii")
    if part_width != last_width:
        raise ValueError("parts of unequal width")
    return read.array(np.float32, (parts, _CODES, width // parts))
