"""EfficientNet-Lite0 (Tan and Le 2019, the Lite form: no squeezing, ReLU6), from its weights."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto

from adapters.model_repository.checkpoint import read_checkpoint
from adapters.model_repository.graph import Graph, normalised, pixels

_MEAN, _SPREAD = np.array((0.485, 0.456, 0.406)), np.array((0.229, 0.224, 0.225))
"""Of ImageNet's pictures, as torchvision gives them."""
_STAGES = ((1, 1), (2, 2), (2, 2), (2, 3), (1, 3), (2, 4), (1, 1))
"""First stride and number of blocks of each stage."""
_NORM_EPSILON = 1e-3


def efficientnet_lite0(files: Mapping[str, Path]) -> ModelProto:
    """A picture's direction among pictures, and scores of ImageNet's thousand classes."""
    graph = Graph()
    network = _Network(graph, read_checkpoint(files["weights"]))
    frames = graph.input("frame", TensorProto.UINT8, ("N", 224, 224, 3))
    scale, offset = 1 / (255 * _SPREAD), -_MEAN / _SPREAD
    floats = pixels(graph, frames, scale=scale.tolist(), offset=offset.tolist())
    found = graph.add("Transpose", floats, perm=(0, 3, 1, 2))
    found = network.active(network.layer(found, "_conv_stem", "_bn0", stride=2))
    strides = [
        stride if repeat == 0 else 1 for stride, blocks in _STAGES for repeat in range(blocks)
    ]
    for number, stride in enumerate(strides):
        found = network.block(found, f"_blocks.{number}.", stride=stride)
    found = network.active(network.layer(found, "_conv_head", "_bn1"))
    vector = graph.add("ReduceMean", found, graph.constant([2, 3]), keepdims=0)
    dense = graph.add("MatMul", vector, graph.constant(network.state["_fc.weight"].T))
    logits = graph.add("Add", dense, graph.constant(network.state["_fc.bias"]))
    graph.output("vector", vector, ("N", 1280))
    graph.output("logits", logits, ("N", 1000))
    return graph.model()


@dataclass(frozen=True, slots=True)
class _Network:
    graph: Graph
    state: Mapping[str, Any]

    def block(self, given: str, name: str, *, stride: int) -> str:
        """An inverted residual block: wider, each channel by itself, narrow again."""
        found, channels = given, self._kernel(f"{name}_depthwise_conv").shape[0]
        if f"{name}_expand_conv.weight" in self.state:
            channels = self._kernel(f"{name}_expand_conv").shape[1]
            found = self.active(self.layer(found, f"{name}_expand_conv", f"{name}_bn0"))
        deep = self.layer(found, f"{name}_depthwise_conv", f"{name}_bn1", stride=stride)
        found = self.layer(self.active(deep), f"{name}_project_conv", f"{name}_bn2")
        is_same = stride == 1 and self._kernel(f"{name}_project_conv").shape[0] == channels
        return self.graph.add("Add", found, given) if is_same else found

    def layer(self, given: str, convolution: str, norm: str, *, stride: int = 1) -> str:
        """A convolution and its batch normalisation."""
        kernel = self._kernel(convolution)
        found = self.graph.add(
            "Conv",
            given,
            self.graph.constant(kernel),
            kernel_shape=kernel.shape[2:],
            strides=[stride, stride],
            auto_pad="SAME_UPPER",
            group=kernel.shape[0] if kernel.shape[1] == 1 else 1,
        )
        return normalised(self.graph, self.state, found, norm, epsilon=_NORM_EPSILON)

    def active(self, given: str) -> str:
        """ReLU6."""
        return self.graph.add("Clip", given, self.graph.constant(0.0), self.graph.constant(6.0))

    def _kernel(self, name: str) -> Any:
        return self.state[f"{name}.weight"]
