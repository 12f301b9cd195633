"""Google's Universal Sentence Encoder, multilingual, version 3: a text's direction in 16 languages.

The convolutional form, with the embedding of 128,010 pieces of words kept in bytes (Yang and others
2019; the layers are those of the package's own numpy program).
"""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto

from adapters.model_repository.graph import Graph

Files = Mapping[str, Path]
Weights = Mapping[str, NDArray[Any]]

_CHUNKS, _WIDTH = 17, 256
_ORDERS = ((2, 0), (3, 1), (5, 2))
"""How many pieces a window holds, and how many of them stand before its own."""
PIECE_BYTES = 64
_LENGTH_DELIMITED, _FIXED = 2, 5


def use_multilingual(files: Files) -> ModelProto:
    """Vectors of texts given as pieces; -1 stands for none and changes nothing."""
    with np.load(files["weights"], allow_pickle=False) as archive:
        weights = {name: archive[name] for name in archive.files}
    graph = Graph()
    pieces = graph.input("pieces", TensorProto.INT64, ("N", "pieces"))
    is_piece = graph.add("GreaterOrEqual", pieces, graph.constant([0]))
    floats = graph.add("Cast", is_piece, to=TensorProto.FLOAT)
    there = graph.add("Unsqueeze", floats, graph.constant([2]))
    known = graph.add("Max", pieces, graph.constant([0]))
    embedded = _embedded(graph, weights, known)
    joined = [
        np.concatenate([weights[f"{name}{n}"] for n, _ in _ORDERS], axis=-1)
        for name in ("proj", "proj_b", "ln_g", "ln_b")
    ]
    projected = _dense(graph, embedded, joined[0], joined[1])
    narrow = _normal(graph, projected, joined[2], joined[3], weights)
    parts = graph.split("Split", narrow, outputs=3, axis=2, num_outputs=3)
    branches = [
        _windows(graph, weights, part, there, order)
        for part, order in zip(parts, _ORDERS, strict=True)
    ]
    features = graph.add("Concat", embedded, *branches, axis=2)
    whole = _normal(graph, features, weights["ln_g"], weights["ln_b"], weights)
    vector = _vector(graph, weights, whole, there)
    graph.output("vector", vector, ("N", 512))
    return graph.model()


def use_pieces(files: Files) -> ModelProto:
    """The vocabulary itself, as a model: the letters of each piece and how likely it is.

    Whoever cuts texts into pieces thereby gets the very words that go with the weights, from
    whoever serves them.
    """
    found = list(_pieces(files["weights"].read_bytes()))
    letters = np.zeros((len(found), PIECE_BYTES), np.uint8)
    for row, (piece, _) in zip(letters, found, strict=True):
        row[: len(piece)] = np.frombuffer(piece, np.uint8)
    graph = Graph()
    numbers = graph.input("numbers", TensorProto.INT64, ("N",))
    scores = np.array([score for _, score in found], np.float32)
    text = graph.add("Gather", graph.constant(letters), numbers, axis=0)
    graph.output("letters", text, ("N", PIECE_BYTES), TensorProto.UINT8)
    graph.output("scores", graph.add("Gather", graph.constant(scores), numbers, axis=0), ("N",))
    return graph.model()


def _embedded(graph: Graph, weights: Weights, known: str) -> str:
    """Rows of the table, each chunk of which was brought to bytes with a scale of its own."""
    rows = [weights[f"q{chunk + 1}"] for chunk in range(_CHUNKS)]
    table = np.stack(rows, axis=1).reshape(-1, rows[0].shape[1])
    row = graph.add("Cast", graph.add("Gather", graph.constant(table), known), to=TensorProto.FLOAT)
    chunk = graph.add("Mod", known, graph.constant([_CHUNKS]))
    scale, low = (
        graph.add("Gather", graph.constant(weights[name].reshape(-1, 1)), chunk)
        for name in ("scale", "lo")
    )
    return graph.add("Add", graph.add("Mul", row, scale), low)


def _windows(graph: Graph, weights: Weights, given: str, there: str, order: tuple[int, int]) -> str:
    """Two convolutions over windows of pieces, each added to what it came from."""
    size, before = order
    found = given
    for layer in ("w1", "w2"):
        masked = graph.add("Mul", found, there)
        kernel = weights[f"{layer}_{size}"].reshape(size, _WIDTH, _WIDTH).transpose(2, 1, 0)
        bias = weights[f"b{layer[1]}_{size}"]
        turned = graph.add("Transpose", masked, perm=(0, 2, 1))
        convolved = graph.add(
            "Conv",
            turned,
            graph.constant(kernel),
            graph.constant(bias),
            kernel_shape=[size],
            pads=[before, size - 1 - before],
        )
        active = graph.add("Relu", graph.add("Transpose", convolved, perm=(0, 2, 1)))
        found = graph.add("Add", active, found)
    return found


def _vector(graph: Graph, weights: Weights, features: str, there: str) -> str:
    """The sum of all pieces over the root of their number, through four dense layers."""
    total = graph.add(
        "ReduceSum", graph.add("Mul", features, there), graph.constant([1]), keepdims=0
    )
    count = graph.add("ReduceSum", there, graph.constant([1]), keepdims=0)
    bias = graph.add("Mul", count, graph.constant(weights["cnn_b"]))
    summed = graph.add("Add", _times(graph, total, weights["cnn_W"]), bias)
    given = graph.add("Div", summed, graph.add("Sqrt", count))
    first = graph.add("Relu", _times(graph, given, weights["d0"]))
    second = graph.add(
        "Relu",
        graph.add("Add", _times(graph, given, weights["p1"]), _times(graph, first, weights["d1"])),
    )
    third = graph.add("Relu", _times(graph, second, weights["d2"]))
    last = graph.add(
        "Add", _times(graph, second, weights["p3"]), _times(graph, third, weights["d3"])
    )
    bent = graph.add("Tanh", last)
    length = graph.add("ReduceL2", bent, graph.constant([1]), keepdims=1)
    return graph.add("Div", bent, length)


def _normal(
    graph: Graph, given: str, gain: NDArray[Any], bias: NDArray[Any], weights: Weights
) -> str:
    return graph.add(
        "LayerNormalization",
        given,
        graph.constant(gain),
        graph.constant(bias),
        axis=-1,
        epsilon=float(weights["eps"]),
    )


def _times(graph: Graph, given: str, weights: NDArray[Any]) -> str:
    return graph.add("MatMul", given, graph.constant(weights))


def _dense(graph: Graph, given: str, weights: NDArray[Any], bias: NDArray[Any]) -> str:
    return graph.add("Add", _times(graph, given, weights), graph.constant(bias))


def _pieces(content: bytes) -> Iterator[tuple[bytes, float]]:
    """Pieces and scores of a SentencePiece model: field 1 of the message, fields 1 and 2 in it."""
    for number, value in _fields(content):
        if number == 1:
            inner = dict(_fields(value))
            yield inner[1], struct.unpack("<f", inner.get(2, bytes(4)))[0]


def _fields(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The fields of a protocol buffer that have bytes; numbers of varying length are passed over.

    Raises ValueError for a message of another form.
    """
    at = 0
    while at < len(content):
        key, at = _number(content, at)
        kind = key & 7
        if kind == 0:
            _, at = _number(content, at)
            continue
        if kind == _LENGTH_DELIMITED:
            size, at = _number(content, at)
        elif kind == _FIXED:
            size = 4
        else:
            raise ValueError(f"no field of the vocabulary is of kind {kind}")
        yield key >> 3, content[at : at + size]
        at += size


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    found = shift = 0
    while True:
        byte = content[at]
        found |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the eighth bit says that more follows
            return found, at
