"""What each TensorFlow operator is in ONNX; pictures stay (N, H, W, C) between operators.

The semantics are those of TensorFlow's operator reference: `SAME` pads the end first, a plain
resize maps corners asymmetrically, an integer division is of numbers not below zero here.
"""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from adapters.model_repository.graph import Graph

_TYPES = {
    "DT_FLOAT": TensorProto.FLOAT,
    "DT_INT32": TensorProto.INT32,
    "DT_INT64": TensorProto.INT64,
}
_PADDING = {"SAME": "SAME_UPPER", "VALID": "VALID"}
_TO_CHANNELS, _FROM_CHANNELS = (0, 3, 1, 2), (0, 2, 3, 1)


@dataclass(frozen=True, slots=True)
class Node:
    """One TensorFlow node, the graph it is translated into, and what is known so far."""

    node: Mapping[str, Any]
    names: Sequence[str]
    graph: Graph
    weights: Mapping[str, NDArray[Any]]
    tensor: Callable[[Graph, str], str]
    frees_batch: bool

    def input(self, number: int) -> str:
        return self.tensor(self.graph, self.names[number])

    def constant(self, number: int) -> NDArray[Any]:
        """An input that has to be known when the graph is written."""
        return self.weights[self.names[number].removesuffix(":0")]

    def whole(self, key: str, otherwise: int = 0) -> int:
        value = self.node.get("attr", {}).get(key, {"i": otherwise})
        return int(value["i"])

    def wholes(self, key: str) -> list[int]:
        """A list of whole numbers; empty where the node says nothing."""
        value = self.node.get("attr", {}).get(key, {"list": {}})
        return [int(number) for number in value["list"].get("i", [])]

    def is_set(self, key: str) -> bool:
        return bool(self.node.get("attr", {}).get(key, {}).get("b", False))

    def words(self, key: str) -> list[str]:
        coded = self.node.get("attr", {}).get(key, {"list": {}})["list"].get("s", [])
        return [base64.b64decode(word).decode() for word in coded]

    def padding(self) -> str:
        return _PADDING[base64.b64decode(self.node["attr"]["padding"]["s"]).decode()]

    def kind(self, key: str) -> int:
        return _TYPES[self.node["attr"][key]["type"]]

    def turned(self, number: int) -> str:
        """An input as (N, C, H, W)."""
        return self.graph.add("Transpose", self.input(number), perm=_TO_CHANNELS)

    def back(self, tensor: str) -> str:
        return self.graph.add("Transpose", tensor, perm=_FROM_CHANNELS)


Translation = Callable[[Node], Sequence[str]]


def _plain(operator: str, **attributes: Any) -> Translation:
    def translate(node: Node) -> Sequence[str]:
        inputs = [node.input(number) for number in range(len(node.names))]
        return [node.graph.add(operator, *inputs, **attributes)]

    return translate


def _activated(node: Node, tensor: str, word: str, *, slope: str = "") -> str:
    if word == "Relu6":
        return node.graph.add("Clip", tensor, node.graph.constant(0.0), node.graph.constant(6.0))
    if word == "Prelu":
        return node.graph.add("PRelu", tensor, slope)
    return node.graph.add({"Relu": "Relu", "Sigmoid": "Sigmoid"}[word], tensor)


def _relu6(node: Node) -> Sequence[str]:
    return [_activated(node, node.input(0), "Relu6")]


def _convolution(node: Node) -> Sequence[str]:
    """Kernels are (height, width, in, out) in TensorFlow and (out, in, height, width) in ONNX."""
    return [_convolved(node, node.constant(1).transpose(3, 2, 0, 1), groups=1)]


def _depthwise(node: Node) -> Sequence[str]:
    """Kernels (height, width, channels, outputs of each): a group for each channel."""
    kernel = node.constant(1)
    height, width, channels, _ = kernel.shape
    turned = kernel.transpose(2, 3, 0, 1).reshape(-1, 1, height, width)
    return [_convolved(node, turned, groups=channels)]


def _convolved(node: Node, kernel: NDArray[Any], *, groups: int) -> str:
    fused = node.words("fused_ops")
    inputs = [node.turned(0), node.graph.constant(kernel)]
    if "BiasAdd" in fused:
        inputs.append(node.graph.constant(node.constant(2).reshape(-1)))
    found = node.graph.add(
        "Conv",
        *inputs,
        kernel_shape=kernel.shape[2:],
        strides=node.wholes("strides")[1:3],
        dilations=node.wholes("dilations")[1:3] or [1, 1],
        auto_pad=node.padding(),
        group=groups,
    )
    for word in fused:
        if word != "BiasAdd":
            is_sloped = word == "Prelu"
            slope = node.constant(3).reshape(-1, 1, 1) if is_sloped else None
            name = "" if slope is None else node.graph.constant(slope)
            found = _activated(node, found, word, slope=name)
    return node.back(found)


def _max_pool(node: Node) -> Sequence[str]:
    pooled = node.graph.add(
        "MaxPool",
        node.turned(0),
        kernel_shape=node.wholes("ksize")[1:3],
        strides=node.wholes("strides")[1:3],
        auto_pad=node.padding(),
    )
    return [node.back(pooled)]


def _pad(node: Node) -> Sequence[str]:
    pads = node.constant(1).T.reshape(-1).tolist()
    return [node.graph.add("Pad", node.input(0), node.graph.constant(pads))]


def _reshape(node: Node) -> Sequence[str]:
    shape = node.constant(1).tolist()
    if node.frees_batch and shape[0] == 1 and -1 not in shape:
        shape[0] = -1
    return [node.graph.add("Reshape", node.input(0), node.graph.constant(shape))]


def _squeeze(node: Node) -> Sequence[str]:
    axes = node.graph.constant(node.wholes("squeeze_dims") or [0])
    return [node.graph.add("Squeeze", node.input(0), axes)]


def _expand(node: Node) -> Sequence[str]:
    axes = node.graph.constant(np.atleast_1d(node.constant(1)).tolist())
    return [node.graph.add("Unsqueeze", node.input(0), axes)]


def _mean(node: Node) -> Sequence[str]:
    axes = node.graph.constant(np.atleast_1d(node.constant(1)).tolist())
    keeps = int(node.is_set("keep_dims"))
    return [node.graph.add("ReduceMean", node.input(0), axes, keepdims=keeps)]


def _resize(node: Node) -> Sequence[str]:
    corners = "align_corners" if node.is_set("align_corners") else "asymmetric"
    mapping = "half_pixel" if node.is_set("half_pixel_centers") else corners
    graph, turned = node.graph, node.turned(0)
    first = graph.constant([0])
    kept = graph.add("Slice", graph.add("Shape", turned), first, graph.constant([2]))
    size = graph.add("Concat", kept, graph.constant(node.constant(1).tolist()), axis=0)
    resized = graph.add(
        "Resize", turned, "", "", size, mode="linear", coordinate_transformation_mode=mapping
    )
    return [node.back(resized)]


def _concatenate(node: Node) -> Sequence[str]:
    parts = [node.input(number) for number in range(len(node.names) - 1)]
    return [node.graph.add("Concat", *parts, axis=int(node.constant(len(parts))))]


def _pack(node: Node) -> Sequence[str]:
    axis = node.whole("axis")
    parts = [
        node.graph.add("Unsqueeze", node.input(number), node.graph.constant([axis]))
        for number in range(len(node.names))
    ]
    return [node.graph.add("Concat", *parts, axis=axis)]


def _unpack(node: Node) -> Sequence[str]:
    axis, count = node.whole("axis"), node.whole("num")
    parts = node.graph.split("Split", node.input(0), outputs=count, axis=axis, num_outputs=count)
    return [node.graph.add("Squeeze", part, node.graph.constant([axis])) for part in parts]


def _cast(node: Node) -> Sequence[str]:
    return [node.graph.add("Cast", node.input(0), to=node.kind("DstT"))]


def _arg_max(node: Node) -> Sequence[str]:
    found = node.graph.add("ArgMax", node.input(0), axis=int(node.constant(1)), keepdims=0)
    return [node.graph.add("Cast", found, to=node.kind("output_type"))]


def _gather(node: Node) -> Sequence[str]:
    where = node.graph.add("Cast", node.input(1), to=TensorProto.INT64)
    return [node.graph.add("GatherND", node.input(0), where)]


def _squared_difference(node: Node) -> Sequence[str]:
    difference = node.graph.add("Sub", node.input(0), node.input(1))
    return [node.graph.add("Mul", difference, difference)]


OPERATORS: Mapping[str, Translation] = {
    "Add": _plain("Add"),
    "AddV2": _plain("Add"),
    "ArgMax": _arg_max,
    "Cast": _cast,
    "ConcatV2": _concatenate,
    "Conv2D": _convolution,
    "DepthwiseConv2dNative": _depthwise,
    "ExpandDims": _expand,
    "FloorDiv": _plain("Div"),
    "FusedDepthwiseConv2dNative": _depthwise,
    "GatherNd": _gather,
    "Identity": _plain("Identity"),
    "MaxPool": _max_pool,
    "Mean": _mean,
    "Mul": _plain("Mul"),
    "Pack": _pack,
    "Pad": _pad,
    "Prelu": _plain("PRelu"),
    "RealDiv": _plain("Div"),
    "Relu": _plain("Relu"),
    "Relu6": _relu6,
    "Reshape": _reshape,
    "ResizeBilinear": _resize,
    "Sigmoid": _plain("Sigmoid"),
    "Softmax": _plain("Softmax", axis=-1),
    "Sqrt": _plain("Sqrt"),
    "SquaredDifference": _squared_difference,
    "Squeeze": _squeeze,
    "Sub": _plain("Sub"),
    "Unpack": _unpack,
    "_FusedConv2D": _convolution,
}
