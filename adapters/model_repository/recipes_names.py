"""slovnet's reader of Russian names: persons, places and organisations in running text.

Three convolutions over Navec's vectors of words, whose 300 numbers are a hundred codes of three,
and over what the words look like; trained by the Natasha project on news.
"""

import gzip
import json
import struct
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto

from adapters.model_repository.graph import Graph
from adapters.model_repository.lookup import rows_of, word_key

Files = Mapping[str, Path]
Layer = Mapping[str, Any]

_PADDING, _UNKNOWN = "<pad>", "<unk>"
_TAGS = 8
_CODES = 256


def slovnet_ner(files: Files) -> ModelProto:
    """How well each tag fits each word, and how well tags follow each other."""
    with tarfile.open(files["weights"]) as archive:
        told = json.loads(_member(archive, "model.json"))
        words = gzip.decompress(_member(archive, "vocabs/word.gz")).decode().splitlines()
        arrays = _Arrays(archive)
        graph = Graph()
        keys = graph.input("words", TensorProto.INT64, ("N", "words"))
        shapes = graph.input("shapes", TensorProto.INT64, ("N", "words"))
        is_word = graph.add("GreaterOrEqual", keys, graph.constant([0]))
        floats = graph.add("Cast", is_word, to=TensorProto.FLOAT)
        there = graph.add("Unsqueeze", floats, graph.constant([1]))
        meaning = _meaning(graph, keys, words, files["vectors"])
        shape_table = graph.constant(arrays[told["emb"]["shape"]["weight"]])
        look = graph.add("Gather", shape_table, shapes)
        joined = graph.add("Concat", meaning, look, axis=2)
        state = graph.add("Transpose", joined, perm=(0, 2, 1))
        # What stands beside a text must be nothing at all, however long its company is.
        state = graph.add("Mul", state, there)
        for layer in told["encoder"]["layers"]:
            state = graph.add("Mul", _layer(graph, arrays, layer, state), there)
        head = told["head"]
        turned = graph.add("Transpose", state, perm=(0, 2, 1))
        projected = graph.add("MatMul", turned, graph.constant(arrays[head["proj"]["weight"]]))
        fits = graph.add("Add", projected, graph.constant(arrays[head["proj"]["bias"]]))
        graph.output("fits", fits, ("N", "words", _TAGS))
        follows = arrays[head["crf"]["transitions"]][None]
    item = graph.add("Shape", keys, start=0, end=1)
    form = graph.add("Concat", item, graph.constant([_TAGS, _TAGS]), axis=0)
    expanded = graph.add("Expand", graph.constant(follows), form)
    graph.output("follows", expanded, ("N", _TAGS, _TAGS))
    return graph.model()


def _meaning(graph: Graph, keys: str, words: list[str], vectors: Path) -> str:
    """The 300 numbers of each word, as Navec keeps them."""
    with tarfile.open(vectors) as archive:
        content = _member(archive, "pq.bin")
        counts = gzip.decompress(_member(archive, "vocab.bin"))
    rows, width, parts, codes = struct.unpack_from("<IIII", content)
    (size,) = struct.unpack_from("<I", counts)
    if counts[4 + 4 * size :].decode().splitlines() != words or codes != _CODES:
        raise ValueError("the reader of names was trained with other vectors")
    known = [word for word in words if word not in (_PADDING, _UNKNOWN)]
    if [*known, _UNKNOWN, _PADDING] != words:
        raise ValueError("the vocabulary has another order")
    table = np.frombuffer(content, np.uint8, rows * parts, 16).reshape(rows, parts)
    centres = np.frombuffer(content, np.float32, offset=16 + rows * parts)
    row = rows_of(
        graph, keys, np.array([word_key(word.encode()) for word in known], dtype=np.int64)
    )
    is_known = graph.add("GreaterOrEqual", row, graph.constant(np.asarray(0, dtype=np.int32)))
    unknown = graph.constant(np.asarray(len(known), dtype=np.int32))
    chosen = graph.add("Where", is_known, row, unknown)
    code = graph.add("Gather", graph.constant(table), chosen)
    starts = graph.constant((np.arange(parts) * _CODES).astype(np.int64))
    place = graph.add("Add", graph.add("Cast", code, to=TensorProto.INT64), starts)
    found = graph.add("Gather", graph.constant(centres.reshape(parts * _CODES, -1)), place)
    return graph.add("Reshape", found, graph.constant([0, 0, width]))


def _layer(graph: Graph, arrays: "_Arrays", layer: Layer, given: str) -> str:
    """A convolution over three words, what is below zero cut off, brought to a common scale."""
    weight, bias = (graph.constant(arrays[layer["conv"][name]]) for name in ("weight", "bias"))
    pad = layer["conv"]["padding"]
    found = graph.add("Relu", graph.add("Conv", given, weight, bias, pads=[pad, pad]))
    mean, deviation, gain, shift = (
        arrays[layer["norm"][name]][:, None] for name in ("mean", "std", "weight", "bias")
    )
    scaled = graph.add("Mul", found, graph.constant(gain / deviation))
    return graph.add("Add", scaled, graph.constant(shift - mean * gain / deviation))


class _Arrays:
    """The arrays of the archive, by what its model says of them."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive

    def __getitem__(self, told: Layer) -> NDArray[np.float32]:
        content = _member(self._archive, f"arrays/{told['array']}.bin")
        return np.frombuffer(content, np.float32).reshape(told["shape"])


def _member(archive: tarfile.TarFile, path: str) -> bytes:
    stream = archive.extractfile(path)
    if stream is None:
        raise ValueError(f"{path} is no file there")
    return stream.read()
