"""Graphs and weights out of ncnn's files, as far as our recipes need its layers.

The text part lists one layer a line: type, name, numbers of inputs and outputs, their names, then
`key=value`. Weights follow in the order of the layers, each of Gemm's and of the convolution's led
by four bytes that tell float16 from float32.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adapters.model_repository.graph import Graph

_HALF = 0x01306B47
_TAG_BYTES = 4
_TO_THE_END = "-233"
_HEAD_LINES = 2

Weights = NDArray[np.float32]


class ForeignLayer(ValueError):
    """A layer, or a form of it, that no recipe has needed yet."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One line of the text part."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    settings: Mapping[str, str]


@dataclass(slots=True)
class Stored:
    """Weights in the order they are asked for."""

    content: bytes
    at: int = 0

    def take(self, *shape: int) -> Weights:
        """The next weights. Raises ForeignLayer where they are neither float16 nor float32."""
        tag = int.from_bytes(self.content[self.at : self.at + _TAG_BYTES], "little")
        if tag not in {0, _HALF}:
            raise ForeignLayer(f"weights of the form {tag:#x}")
        kind = np.dtype("<f2" if tag == _HALF else "<f4")
        count = int(np.prod(shape))
        start = self.at + _TAG_BYTES
        size_bytes = count * kind.itemsize
        self.at = start + -(-size_bytes // _TAG_BYTES) * _TAG_BYTES
        found = np.frombuffer(self.content[start : start + size_bytes], kind)
        return found.astype(np.float32).reshape(shape)


def read_layers(text: str) -> list[Layer]:
    """Every layer, in order."""
    return [_layer(line.split()) for line in text.splitlines()[_HEAD_LINES:] if line.strip()]


def rewrite(graph: Graph, layers: list[Layer], stored: Stored, given: Mapping[str, str]) -> str:
    """Adds the layers to a graph; `given` are its tensors for theirs. Returns the last output.

    Tensors of ncnn have no axis for items: here each has one, the first. Raises ForeignLayer.
    """
    tensors = dict(given)
    for layer in layers:
        inputs = [tensors[name] for name in layer.inputs]
        found = _added(graph, layer, stored, inputs)
        tensors |= dict.fromkeys(layer.outputs, found)
    if stored.at != len(stored.content):
        raise ForeignLayer("weights are left over")
    return tensors[layers[-1].outputs[0]]


def _layer(words: list[str]) -> Layer:
    kind, _, inputs, outputs = words[:4]
    middle = 4 + int(inputs)
    end = middle + int(outputs)
    settings = dict(word.split("=") for word in words[end:])
    return Layer(kind, tuple(words[4:middle]), tuple(words[middle:end]), settings)


def _added(graph: Graph, layer: Layer, stored: Stored, inputs: list[str]) -> str:
    if layer.kind == "Split":
        return inputs[0]
    if layer.kind in _PLAIN:
        return graph.add(_PLAIN[layer.kind], *inputs)
    if layer.kind in _WEIGHTED:
        return _WEIGHTED[layer.kind](graph, layer, stored, inputs[0])
    return _moved(graph, layer, inputs)


def _moved(graph: Graph, layer: Layer, inputs: list[str]) -> str:
    """Layers without weights that say more than their kind."""
    said = layer.settings
    match layer.kind:
        case "BinaryOp" if said["0"] == "0":
            return graph.add("Add", *inputs)
        case "Permute" if said["0"] == "1":
            return graph.add("Transpose", *inputs, perm=(0, 2, 1))
        case "Crop":
            return _crop(graph, layer, inputs[0])
        case "Padding":
            pads = graph.constant([0, 0, int(said["2"]), 0, 0, int(said["3"])])
            return graph.add("Pad", inputs[0], pads)
    raise ForeignLayer(f"{layer.kind} {said}")


def _gemm(graph: Graph, layer: Layer, stored: Stored, data: str) -> str:
    """`data @ weights.T`, and a constant for each column where one is stored."""
    said = layer.settings
    weights = stored.take(int(said["8"]), int(said["9"]))
    product = graph.add("MatMul", data, graph.constant(weights.T))
    if said["10"] == "-1":
        return product
    return graph.add("Add", product, graph.constant(stored.take(len(weights))))


def _convolution(graph: Graph, layer: Layer, stored: Stored, data: str) -> str:
    """A filter for each channel along time, without a constant."""
    said = layer.settings
    channels, width, pad = int(said["0"]), int(said["1"]), int(said["4"])
    if (said["2"], said["3"], said["5"], int(said["7"])) != ("1", "1", "0", channels):
        raise ForeignLayer(f"a convolution of {said}")
    weights = graph.constant(stored.take(channels, 1, width))
    return graph.add("Conv", data, weights, group=channels, pads=(pad, pad))


def _crop(graph: Graph, layer: Layer, data: str) -> str:
    """A stretch of time: lists are written as their length and their values."""
    starts, ends, axes = (layer.settings[f"-233{key}"].split(",") for key in ("09", "10", "11"))
    if axes != ["1", "1"]:
        raise ForeignLayer(f"a crop along {axes}")
    end = np.iinfo(np.int64).max if ends[1] == _TO_THE_END else int(ends[1])
    bounds = (graph.constant([int(starts[1])]), graph.constant([end]), graph.constant([2]))
    return graph.add("Slice", data, *bounds)


_PLAIN = {"ReLU": "Relu", "Sigmoid": "Sigmoid"}
_WEIGHTED = {"Gemm": _gemm, "ConvolutionDepthWise1D": _convolution}
