"""Tiny models made on the spot, laid out as the model repository is."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from adapters.model_repository.layout import Described, write
from tests.contracts.inference import BATCH_MAX, DOUBLING, SUMMING

WEIGHTS_SHA256 = "ab" * 32


def a_model(
    nodes: Sequence[NodeProto],
    inputs: Sequence[ValueInfoProto],
    outputs: Sequence[ValueInfoProto],
    **constants: float | list[int],
) -> ModelProto:
    """A graph in the operators that the repository's models use."""
    kept = [
        numpy_helper.from_array(
            np.asarray(value, np.int64 if isinstance(value, list) else np.float32), name
        )
        for name, value in constants.items()
    ]
    graph = helper.make_graph(nodes, "made", inputs, outputs, kept)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def of(name: str, kind: int, *shape: str | int) -> ValueInfoProto:
    """A named input or output; a word stands for any length."""
    return helper.make_tensor_value_info(name, kind, list(shape))


def doubling(factor: float = 2.0, *, width: int = 3) -> ModelProto:
    """`y` is `factor` times `x`, of `width` numbers an item."""
    return a_model(
        [helper.make_node("Mul", ["x", "factor"], ["y"])],
        [of("x", TensorProto.FLOAT, "N", width)],
        [of("y", TensorProto.FLOAT, "N", width)],
        factor=factor,
    )


def summing() -> ModelProto:
    """`total` is the sum of an item's bytes."""
    nodes = [
        helper.make_node("Cast", ["x"], ["counted"], to=TensorProto.FLOAT),
        helper.make_node("ReduceSum", ["counted", "axes"], ["total"], keepdims=0),
    ]
    return a_model(
        nodes,
        [of("x", TensorProto.UINT8, "N", "length")],
        [of("total", TensorProto.FLOAT, "N")],
        axes=[1],
    )


def described(name: str, *, version: str = "1", batch_max: int = 1) -> Described:
    """What the repository says of a made model."""
    return Described(name=name, version=version, weights_sha256=WEIGHTS_SHA256, batch_max=batch_max)


def write_repository(folder: Path) -> dict[str, str]:
    """Lays out the contract's two models; returns their versions."""
    write(folder, described(DOUBLING, batch_max=BATCH_MAX), doubling())
    write(folder, described(SUMMING), summing())
    return {DOUBLING: "1", SUMMING: "1"}
