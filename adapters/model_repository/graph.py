"""Writing an ONNX graph node by node, also around one that is there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, compose, helper, numpy_helper

OPSET = 18
_IR_VERSION = 10
_INNER = "inner/"

Shape = Sequence[int | str]


@dataclass(slots=True)
class Graph:
    """A graph that grows; tensors are named by the strings that its methods return."""

    opset: int = OPSET
    nodes: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)
    inputs: list[ValueInfoProto] = field(default_factory=list)
    outputs: list[ValueInfoProto] = field(default_factory=list)

    def input(self, name: str, kind: int, shape: Shape) -> str:
        """An input; a word in its shape stands for any length."""
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def constant(self, value: NDArray[Any] | float | Sequence[int]) -> str:
        """A constant: floating numbers as float32, lists of whole numbers as int64."""
        if isinstance(value, float):
            array: NDArray[Any] = np.asarray(value, np.float32)
        elif isinstance(value, np.ndarray):
            array = value
        else:
            array = np.asarray(value, np.int64)
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """A node with one output."""
        (output,) = self.split(operator, *inputs, outputs=1, **attributes)
        return output

    def split(
        self, operator: str, *inputs: str, outputs: int, **attributes: Any
    ) -> tuple[str, ...]:
        """A node with several outputs."""
        start = f"{operator}_{len(self.nodes)}"
        names = tuple(f"{start}_{number}" for number in range(outputs))
        self.nodes.append(helper.make_node(operator, inputs, names, **attributes))
        return names

    def output(self, name: str, tensor: str, shape: Shape, kind: int = TensorProto.FLOAT) -> None:
        """Gives a tensor out under a name."""
        self.nodes.append(helper.make_node("Identity", [tensor], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def adopt(self, model: ModelProto, given: Mapping[str, str]) -> Mapping[str, str]:
        """Takes in a whole model, fed with `given` tensors; returns those of its outputs."""
        names = [value.name for value in model.graph.output]
        inner = compose.add_prefix(model, _INNER).graph
        for name, tensor in given.items():
            self.nodes.append(helper.make_node("Identity", [tensor], [_INNER + name]))
        self.nodes.extend(inner.node)
        self.constants.extend(inner.initializer)
        return {name: _INNER + name for name in names}

    def model(self) -> ModelProto:
        """The finished model, checked. Raises onnx.checker.ValidationError: a bug of the recipe."""
        graph = helper.make_graph(self.nodes, "graph", self.inputs, self.outputs, self.constants)
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", self.opset)],
            ir_version=_IR_VERSION,
            producer_name="trendflow",
        )
        onnx.checker.check_model(model)
        return model


def opset_of(model: ModelProto) -> int:
    """The version of the plain operators that a model is written in."""
    (version,) = (each.version for each in model.opset_import if each.domain in {"", "ai.onnx"})
    return int(version)


def pixels(graph: Graph, frames: str, *, scale: Sequence[float], offset: Sequence[float]) -> str:
    """Bytes (N, H, W, 3) as floats, `scale * value + offset`, by channel.

    Frames travel as bytes, a quarter of what floats would weigh.
    """
    floats = graph.add("Cast", frames, to=TensorProto.FLOAT)
    scaled = graph.add("Mul", floats, graph.constant(np.asarray(scale, np.float32)))
    return graph.add("Add", scaled, graph.constant(np.asarray(offset, np.float32)))


def normalised(
    graph: Graph, state: Mapping[str, Any], given: str, name: str, *, epsilon: float
) -> str:
    """Batch normalisation with what was learnt, as PyTorch names it."""
    parts = ("weight", "bias", "running_mean", "running_var")
    learnt = (graph.constant(state[f"{name}.{part}"]) for part in parts)
    return graph.add("BatchNormalization", given, *learnt, epsilon=epsilon)
