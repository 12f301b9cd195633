"""TransNet V2 (Souček and Lokoč 2020): where a film cuts, from a hundred small frames."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto

from adapters.model_repository.checkpoint import read_checkpoint
from adapters.model_repository.graph import Graph, normalised

Files = Mapping[str, Path]

_FRAMES, _HEIGHT, _WIDTH = 100, 27, 48
_LOOKUP = 101
_DILATIONS = (1, 2, 4, 8)
_STAGES = (0, 1, 2)
_NORM_EPSILON = 1e-3
_TINY = 1e-12
_COLOURS = 512


def transnet_v2(files: Files) -> ModelProto:
    """The probability that a shot ends at each frame, and that it is part of a transition."""
    state = read_checkpoint(files["weights"])
    graph = Graph()
    frames = graph.input("frames", TensorProto.UINT8, ("N", _FRAMES, _HEIGHT, _WIDTH, 3))
    floats = graph.add("Cast", frames, to=TensorProto.FLOAT)
    found = graph.add("Div", floats, graph.constant(255.0))
    found = graph.add("Transpose", found, perm=(0, 4, 1, 2, 3))
    features = []
    for stage in _STAGES:
        found = _stage(graph, state, found, f"SDDCNN.{stage}.DDCNN")
        features.append(found)
    found = graph.add("Transpose", found, perm=(0, 2, 3, 4, 1))
    found = graph.add("Reshape", found, graph.constant([0, _FRAMES, -1]))
    alike = _alike(graph, state, features)
    coloured = _coloured(graph, state, frames)
    # The order in which the network was learnt: colours, likeness, picture.
    found = graph.add("Concat", coloured, alike, found, axis=2)
    found = graph.add("Relu", _dense(graph, state, found, "fc1"))
    for name, layer in (("ends", "cls_layer1"), ("transitions", "cls_layer2")):
        likely = graph.add("Sigmoid", _dense(graph, state, found, layer))
        flat = graph.add("Squeeze", likely, graph.constant([2]))
        graph.output(name, flat, ("N", _FRAMES))
    return graph.model()


def _stage(graph: Graph, state: Mapping[str, Any], given: str, name: str) -> str:
    """Two blocks of four dilated convolutions, a shortcut around the second, a pool."""
    first = graph.add("Relu", _dilated(graph, state, given, f"{name}.0"))
    second = graph.add("Relu", _dilated(graph, state, first, f"{name}.1"))
    both = graph.add("Add", second, first)
    return graph.add("AveragePool", both, kernel_shape=(1, 2, 2), strides=(1, 2, 2))


def _dilated(graph: Graph, state: Mapping[str, Any], given: str, name: str) -> str:
    found = []
    for dilation in _DILATIONS:
        layers = f"{name}.Conv3D_{dilation}.layers"
        flat = graph.add(
            "Conv", given, graph.constant(state[f"{layers}.0.weight"]), pads=(0, 1, 1, 0, 1, 1)
        )
        along = graph.add(
            "Conv",
            flat,
            graph.constant(state[f"{layers}.1.weight"]),
            dilations=(dilation, 1, 1),
            pads=(dilation, 0, 0, dilation, 0, 0),
        )
        found.append(along)
    joined = graph.add("Concat", *found, axis=1)
    return normalised(graph, state, joined, f"{name}.bn", epsilon=_NORM_EPSILON)


def _alike(graph: Graph, state: Mapping[str, Any], features: Sequence[str]) -> str:
    """How much each frame is like those up to fifty before and after it."""
    means = [graph.add("ReduceMean", x, graph.constant([3, 4]), keepdims=0) for x in features]
    joined = graph.add("Transpose", graph.add("Concat", *means, axis=1), perm=(0, 2, 1))
    projected = _dense(graph, state, joined, "frame_sim_layer.projection")
    near = _neighbours(graph, projected)
    return graph.add("Relu", _dense(graph, state, near, "frame_sim_layer.fc"))


def _coloured(graph: Graph, state: Mapping[str, Any], frames: str) -> str:
    """The same of histograms of 512 colours."""
    levels = graph.add("Cast", frames, to=TensorProto.INT64)
    levels = graph.add("Div", levels, graph.constant([32]))
    places = graph.constant([64, 8, 1])
    bins = graph.add("ReduceSum", graph.add("Mul", levels, places), graph.constant([4]), keepdims=0)
    bins = graph.add("Reshape", bins, graph.constant([0, _FRAMES, _HEIGHT * _WIDTH]))
    count = graph.add("Slice", graph.add("Shape", frames), *map(graph.constant, ([0], [1])))
    size = graph.add("Concat", count, graph.constant([_FRAMES, _COLOURS]), axis=0)
    ones = graph.add("Expand", graph.constant(1.0), graph.add("Shape", bins))
    none = graph.add("Expand", graph.constant(0.0), size)
    counted = graph.add("ScatterElements", none, bins, ones, axis=2, reduction="add")
    near = _neighbours(graph, counted)
    return graph.add("Relu", _dense(graph, state, near, "color_hist_layer.fc"))


def _neighbours(graph: Graph, vectors: str) -> str:
    """Cosines of each frame with the 101 around it, nothing beyond the ends: (N, 100, 101).

    The band of the square matrix is cut out by writing its rows one value longer than they are.
    """
    length = graph.add("ReduceL2", vectors, graph.constant([2]), keepdims=1)
    unit = graph.add("Div", vectors, graph.add("Max", length, graph.constant(_TINY)))
    square = graph.add("MatMul", unit, graph.add("Transpose", unit, perm=(0, 2, 1)))
    side = _LOOKUP // 2
    padded = graph.add("Pad", square, graph.constant([0, 0, side, 0, 0, side]))
    width = _FRAMES + 2 * side
    row = graph.add("Reshape", padded, graph.constant([0, _FRAMES * width]))
    longer = graph.add("Pad", row, graph.constant([0, 0, 0, _FRAMES]))
    skewed = graph.add("Reshape", longer, graph.constant([0, _FRAMES, width + 1]))
    ends = ([0], [_LOOKUP], [2])
    return graph.add("Slice", skewed, *map(graph.constant, ends))


def _dense(graph: Graph, state: Mapping[str, Any], given: str, name: str) -> str:
    weights = graph.constant(np.ascontiguousarray(state[f"{name}.weight"].T))
    product = graph.add("MatMul", given, weights)
    return graph.add("Add", product, graph.constant(state[f"{name}.bias"]))
