"""Layers of ncnn written anew compute what they are documented to compute."""

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto

from adapters.model_repository.graph import Graph
from adapters.model_repository.ncnn import ForeignLayer, Stored, read_layers, rewrite

LAYERS = """7767517
9 10
Gemm gemm 1 1 in0 a 10=4 2=0 3=1 4=0 5=1 6=1 7=100 8=2 9=3
Permute turned 1 1 a b 0=1
Split two 1 2 b c d
ConvolutionDepthWise1D filter 1 1 c e 0=2 1=3 2=1 3=1 4=2 5=0 6=6 7=2
Crop early 1 1 e f -23310=1,-2 -23311=1,1 -23309=1,0
BinaryOp sum 2 1 f d g 0=0
Crop late 1 1 g h -23310=1,-233 -23311=1,1 -23309=1,1
Padding longer 1 1 h i 0=0 1=0 2=0 3=1 4=0 5=0.0 6=0
Sigmoid last 1 1 i out0
"""
HALF = (0x01306B47).to_bytes(4, "little")
FULL = bytes(4)


def _computed(layers: str, content: bytes, given: NDArray[np.float32]) -> NDArray[np.float32]:
    graph = Graph()
    data = graph.input("x", TensorProto.FLOAT, ("N", "frames", given.shape[-1]))
    last = rewrite(graph, read_layers(layers), Stored(content), {"in0": data})
    graph.output("y", last, ("N", "a", "b"))
    session = onnxruntime.InferenceSession(graph.model().SerializeToString())
    answer: NDArray[np.float32] = session.run(None, {"x": given})[0]
    return answer


def test_a_small_net_gives_what_was_computed_by_hand() -> None:
    random = np.random.default_rng(4)
    weights = random.normal(size=(2, 3)).astype(np.float16)
    constant = random.normal(size=2).astype(np.float32)
    taps = random.normal(size=(2, 3)).astype(np.float16)
    content = HALF + weights.tobytes() + FULL + constant.tobytes() + HALF + taps.tobytes()
    given = random.normal(size=(1, 5, 3)).astype(np.float32)

    rows = given[0] @ weights.astype(np.float32).T + constant
    before = np.concatenate([np.zeros((2, 2)), rows])
    filtered = sum(before[i : i + 5] * taps[:, i].astype(np.float32) for i in range(3))
    late = np.concatenate([(filtered + rows)[1:], np.zeros((1, 2))])
    expected = 1 / (1 + np.exp(-late.T))

    found = _computed(LAYERS, content, given)
    np.testing.assert_allclose(found[0], expected, rtol=1e-5)


@pytest.mark.parametrize(
    "layer",
    [
        "LSTM strange 1 1 in0 out0 0=2",
        "BinaryOp product 2 1 in0 in0 out0 0=2",
        "Permute other 1 1 in0 out0 0=3",
        "Crop across 1 1 in0 out0 -23310=1,2 -23311=1,0 -23309=1,0",
    ],
)
def test_a_layer_that_nobody_needed_is_refused(layer: str) -> None:
    with pytest.raises(ForeignLayer):
        _computed(f"7767517\n1 1\n{layer}\n", b"", np.zeros((1, 2, 2), np.float32))


def test_weights_of_an_unknown_form_are_refused() -> None:
    layer = "Gemm gemm 1 1 in0 out0 10=-1 2=0 3=1 4=0 5=1 6=1 7=100 8=2 9=2"
    with pytest.raises(ForeignLayer, match="form"):
        _computed(f"7767517\n1 1\n{layer}\n", b"\1\0\0\0" * 5, np.zeros((1, 2, 2), np.float32))


def test_weights_that_no_layer_takes_are_refused() -> None:
    with pytest.raises(ForeignLayer, match="left over"):
        _computed(
            "7767517\n1 1\nReLU one 1 1 in0 out0\n", bytes(8), np.zeros((1, 2, 2), np.float32)
        )
