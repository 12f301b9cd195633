"""TransNet V2 (Souček and Lokoč 2020): where a film cuts, from two hundred small frames."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto

from adapters.model_repository.checkpoint import read_checkpoint
from adapters.model_repository.graph import Graph

Files = Mapping[str, Path]

_FRAMES, _HEIGHT, _WIDTH = 200, 27, 48
"""Its authors cut films into hundreds; nothing in it is tied to that, and half of a hundred only
leads in and out."""
_STAGES = ((64, 27, 48), (128, 13, 24), (256, 6, 12))
"""Channels, height and width of the pictures that each stage makes and halves."""
_ENDING = 256 * 3 * 6
_LOOKUP = 101
_DILATIONS = (1, 2, 4, 8)
_NORM_EPSILON = 1e-3
_TINY = 1e-12
_COLOURS = 512


def transnet_v2(files: Files) -> ModelProto:
    """The probability that a shot ends at each frame, and that it is part of a transition.

    Its convolutions over pictures and over time are written with two dimensions each, which the
    runtime does a fifth faster than with three: pictures stand in a row, (N x frames, C, H, W).
    """
    state = read_checkpoint(files["weights"])
    graph = Graph()
    frames = graph.input("frames", TensorProto.UINT8, ("N", _FRAMES, _HEIGHT, _WIDTH, 3))
    floats = graph.add("Cast", frames, to=TensorProto.FLOAT)
    found = graph.add("Div", floats, graph.constant(255.0))
    found = graph.add("Reshape", found, graph.constant([-1, _HEIGHT, _WIDTH, 3]))
    found = graph.add("Transpose", found, perm=(0, 3, 1, 2))
    means = []
    for number, shape in enumerate(_STAGES):
        found = _stage(graph, state, found, f"SDDCNN.{number}.DDCNN", shape)
        mean = graph.add("ReduceMean", found, graph.constant([2, 3]), keepdims=0)
        means.append(_by_frame(graph, mean, shape[0]))
    found = _by_frame(graph, graph.add("Transpose", found, perm=(0, 2, 3, 1)), _ENDING)
    alike = _alike(graph, state, means)
    coloured = _coloured(graph, state, frames)
    # The order in which the network was learnt: colours, likeness, picture.
    found = graph.add("Concat", coloured, alike, found, axis=2)
    found = graph.add("Relu", _dense(graph, state, found, "fc1"))
    for name, layer in (("ends", "cls_layer1"), ("transitions", "cls_layer2")):
        likely = graph.add("Sigmoid", _dense(graph, state, found, layer))
        flat = graph.add("Squeeze", likely, graph.constant([2]))
        graph.output(name, flat, ("N", _FRAMES))
    return graph.model()


def _by_frame(graph: Graph, pictures: str, values: int) -> str:
    """What is known of pictures in a row, as vectors: (N, frames, values)."""
    return graph.add("Reshape", pictures, graph.constant([-1, _FRAMES, values]))


def _stage(
    graph: Graph, state: Mapping[str, Any], given: str, name: str, shape: Sequence[int]
) -> str:
    """Two blocks of four dilated convolutions, a shortcut around the second, a pool."""
    first = graph.add("Relu", _dilated(graph, state, given, f"{name}.0", shape))
    second = graph.add("Relu", _dilated(graph, state, first, f"{name}.1", shape))
    both = graph.add("Add", second, first)
    return graph.add("AveragePool", both, kernel_shape=(2, 2), strides=(2, 2))


def _dilated(
    graph: Graph, state: Mapping[str, Any], given: str, name: str, shape: Sequence[int]
) -> str:
    """Each of the four sees pictures, then moments some frames apart; normalised by its weights."""
    gain, shift = _normalising(state, f"{name}.bn")
    found, outputs = [], shape[0] // len(_DILATIONS)
    for number, dilation in enumerate(_DILATIONS):
        layers = f"{name}.Conv3D_{dilation}.layers"
        over_pictures = np.squeeze(state[f"{layers}.0.weight"], axis=2)
        over_time = np.squeeze(state[f"{layers}.1.weight"], axis=4)
        own = slice(number * outputs, (number + 1) * outputs)
        flat = graph.add("Conv", given, graph.constant(over_pictures), pads=(1, 1, 1, 1))
        along = graph.add(
            "Conv",
            _by_moment(graph, flat, (len(over_pictures), *shape[1:])),
            graph.constant(over_time * gain[own].reshape(-1, 1, 1, 1)),
            graph.constant(shift[own]),
            dilations=(dilation, 1),
            pads=(dilation, 0, dilation, 0),
        )
        found.append(along)
    joined = graph.add("Transpose", graph.add("Concat", *found, axis=1), perm=(0, 2, 1, 3))
    return graph.add("Reshape", joined, graph.constant([-1, *shape]))


def _normalising(
    state: Mapping[str, Any], name: str
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What batch normalisation multiplies by and adds, once it has learnt: for each channel."""
    deviation = np.sqrt(state[f"{name}.running_var"] + _NORM_EPSILON)
    gain = state[f"{name}.weight"] / deviation
    return gain, state[f"{name}.bias"] - state[f"{name}.running_mean"] * gain


def _by_moment(graph: Graph, pictures: str, shape: Sequence[int]) -> str:
    """Pictures in a row as a plane of moments and pixels: (N, C, frames, H x W)."""
    channels, height, width = shape
    apart = graph.add("Reshape", pictures, graph.constant([-1, _FRAMES, channels, height * width]))
    return graph.add("Transpose", apart, perm=(0, 2, 1, 3))


def _alike(graph: Graph, state: Mapping[str, Any], means: Sequence[str]) -> str:
    """How much each frame is like those up to fifty before and after it."""
    joined = graph.add("Concat", *means, axis=2)
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
    """Cosines of each frame with the 101 around it, nothing beyond the ends: (N, frames, 101).

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
