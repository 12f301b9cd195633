"""TensorFlow.js graphs become ONNX graphs that compute what TensorFlow's operators are said to."""

import base64
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto

from adapters.model_repository.graph import Graph
from adapters.model_repository.tfjs import TfjsGraph, UnknownOperator

Array = NDArray[Any]


def _coded(word: str) -> str:
    return base64.b64encode(word.encode()).decode()


def _files(
    folder: Path, nodes: list[dict[str, Any]], weights: dict[str, Array]
) -> tuple[Path, Path]:
    specs = [
        {"name": name, "shape": list(value.shape), "dtype": str(value.dtype)}
        for name, value in weights.items()
    ]
    constants = [{"name": name, "op": "Const"} for name in weights]
    document = {
        "modelTopology": {"node": [{"name": "x", "op": "Placeholder"}, *constants, *nodes]},
        "weightsManifest": [{"paths": ["weights.bin"], "weights": specs}],
    }
    topology, binary = folder / "model.json", folder / "weights.bin"
    topology.write_text(json.dumps(document))
    binary.write_bytes(b"".join(value.tobytes() for value in weights.values()))
    return topology, binary


def _computed(folder: Path, node: dict[str, Any], weights: dict[str, Array], given: Array) -> Array:
    """What the graph of one node gives for `given`."""
    node = {"name": "y", **node}
    graph = Graph()
    shape = tuple(given.shape)
    source = TfjsGraph.read(*_files(folder, [node], weights))
    source.translate(graph, given={"x": graph.input("x", TensorProto.FLOAT, shape)}, wanted=["y"])
    graph.output("out", source.tensors["y"], [f"d{axis}" for axis in range(_rank(node, given))])
    session = onnxruntime.InferenceSession(
        graph.model().SerializeToString(), providers=["CPUExecutionProvider"]
    )
    found: Array = session.run(None, {"x": given})[0]
    return found


def _rank(node: dict[str, Any], given: Array) -> int:
    return int(node.pop("rank", given.ndim))


def _convolved(x: Array, kernel: Array, *, stride: int) -> Array:
    """TensorFlow's SAME by its definition, value by value; the end is padded first."""
    height, width = x.shape[1:3]
    out = -(-height // stride), -(-width // stride)
    total = [max((out[a] - 1) * stride + kernel.shape[a] - x.shape[a + 1], 0) for a in (0, 1)]
    pads = [(total[a] // 2, total[a] - total[a] // 2) for a in (0, 1)]
    padded = np.pad(x, [(0, 0), *pads, (0, 0)])
    found = np.zeros((len(x), *out, kernel.shape[3]))
    for row in range(out[0]):
        for column in range(out[1]):
            top, left = row * stride, column * stride
            window = padded[:, top : top + kernel.shape[0], left : left + kernel.shape[1]]
            found[:, row, column] = np.einsum("nhwc,hwco->no", window, kernel)
    return found


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("size", [6, 7])
def test_a_fused_convolution_pads_as_tensorflow_does(
    tmp_path: Path, stride: int, size: int
) -> None:
    seeds = np.random.default_rng(1)
    x = seeds.normal(size=(2, size, size, 3)).astype(np.float32)
    kernel = seeds.normal(size=(3, 3, 3, 4)).astype(np.float32)
    bias = seeds.normal(size=4).astype(np.float32)
    node = {
        "op": "_FusedConv2D",
        "input": ["x", "k", "b"],
        "attr": {
            "strides": {"list": {"i": ["1", str(stride), str(stride), "1"]}},
            "padding": {"s": _coded("SAME")},
            "fused_ops": {"list": {"s": [_coded("BiasAdd"), _coded("Relu6")]}},
        },
    }
    found = _computed(tmp_path, node, {"k": kernel, "b": bias}, x)
    expected = np.clip(_convolved(x, kernel, stride=stride) + bias, 0, 6)
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_a_depthwise_convolution_takes_each_channel_by_itself(tmp_path: Path) -> None:
    seeds = np.random.default_rng(2)
    x = seeds.normal(size=(1, 5, 5, 2)).astype(np.float32)
    kernel = seeds.normal(size=(3, 3, 2, 1)).astype(np.float32)
    node = {
        "op": "DepthwiseConv2dNative",
        "input": ["x", "k"],
        "attr": {
            "strides": {"list": {"i": ["1", "1", "1", "1"]}},
            "padding": {"s": _coded("SAME")},
        },
    }
    found = _computed(tmp_path, node, {"k": kernel}, x)
    for channel in range(2):
        alone = x[..., channel : channel + 1], kernel[:, :, channel : channel + 1]
        expected = _convolved(*alone, stride=1)[..., 0]
        np.testing.assert_allclose(found[..., channel], expected, atol=1e-5)


def test_a_resize_doubles_as_tensorflow_does_with_half_pixels(tmp_path: Path) -> None:
    x = np.array([0.0, 4.0], np.float32).reshape(1, 1, 2, 1)
    node = {
        "op": "ResizeBilinear",
        "input": ["x", "size"],
        "attr": {"half_pixel_centers": {"b": True}},
    }
    found = _computed(tmp_path, node, {"size": np.array([1, 4], np.int32)}, x)
    np.testing.assert_allclose(found.ravel(), [0, 1, 3, 4], atol=1e-6)


def test_the_mean_of_pictures_is_one_value_a_channel(tmp_path: Path) -> None:
    x = np.arange(8, dtype=np.float32).reshape(1, 2, 2, 2)
    node = {"op": "Mean", "input": ["x", "axes"], "rank": 2}
    found = _computed(tmp_path, node, {"axes": np.array([1, 2], np.int32)}, x)
    assert found.tolist() == [[3.0, 4.0]]


def test_an_operator_that_nobody_translated_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnknownOperator, match="Erfinv"):
        _computed(tmp_path, {"op": "Erfinv", "input": ["x"]}, {}, np.zeros((1, 1), np.float32))


def test_weights_of_another_graph_are_refused(tmp_path: Path) -> None:
    topology, weights = _files(tmp_path, [], {"k": np.zeros(3, np.float32)})
    weights.write_bytes(bytes(16))
    with pytest.raises(ValueError, match="not those of the graph"):
        TfjsGraph.read(topology, weights)
