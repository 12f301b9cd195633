"""Networks that listen: speech, its quality, and whose voice it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto

from adapters.model_repository.checkpoint import read_checkpoint
from adapters.model_repository.graph import Graph, opset_of

Files = Mapping[str, Path]

_MOS = (
    # Signal, background, overall; coefficients of the square, of the value, and the constant, as
    # the authors of DNSMOS P.835 publish them beside the network (without personalisation).
    (-0.08397278, -0.13166888, -0.06766283),
    (1.22083953, 1.60915514, 1.11546468),
    (0.0052439, -0.39604546, 0.04602535),
)
_GATES = (0, 3, 1, 2)
"""PyTorch's gates are input, forget, cell, output; ONNX's input, output, forget, cell."""
_GE2E_LAYERS, _GE2E_CELLS, _MELS, _WINDOW = 3, 256, 40, 160


def silero(files: Files) -> ModelProto:
    """Speech probability of each window of one sound; the state goes from call to call."""
    model = onnx.load(files["weights"])
    graph = Graph(opset=opset_of(model))
    windows = graph.input("windows", TensorProto.FLOAT, (1, "windows", 576))
    state = graph.input("state", TensorProto.FLOAT, (1, 2, 128))
    first = graph.constant([0])
    hidden, cell = graph.split("Split", state, graph.constant([1, 1]), outputs=2, axis=1)
    found = graph.adopt(
        model, {"input": graph.add("Squeeze", windows, first), "h": hidden, "c": cell}
    )
    graph.output("speech", graph.add("Unsqueeze", found["speech_probs"], first), (1, "windows"))
    after = graph.add("Concat", found["hn"], found["cn"], axis=1)
    graph.output("state_after", after, (1, 2, 128))
    return graph.model()


def dnsmos(files: Files) -> ModelProto:
    """Mean opinion scores of 9.01 s of speech: signal, background, overall."""
    model = onnx.load(files["weights"])
    graph = Graph(opset=opset_of(model))
    samples = graph.input("samples", TensorProto.FLOAT, ("N", 144_160))
    (raw,) = graph.adopt(model, {"input_1": samples}).values()
    square, linear, constant = (graph.constant(np.asarray(row, np.float32)) for row in _MOS)
    # Horner's scheme.
    inner = graph.add("Add", graph.add("Mul", raw, square), linear)
    scores = graph.add("Add", graph.add("Mul", inner, raw), constant)
    graph.output("scores", scores, ("N", 3))
    return graph.model()


def ge2e(files: Files) -> ModelProto:
    """The direction of a voice in 1.6 s of mel bands: three layers of LSTM and one of weights."""
    state = read_checkpoint(files["weights"])["model_state"]
    graph = Graph()
    mels = graph.input("mel", TensorProto.FLOAT, ("N", _WINDOW, _MELS))
    sequence, last = graph.add("Transpose", mels, perm=(1, 0, 2)), ""
    for layer in range(_GE2E_LAYERS):
        outputs, last, _ = graph.split(
            "LSTM",
            sequence,
            *(graph.constant(weights) for weights in _lstm(state, layer)),
            outputs=3,
            hidden_size=_GE2E_CELLS,
        )
        sequence = graph.add("Squeeze", outputs, graph.constant([1]))
    hidden = graph.add("Squeeze", last, graph.constant([0]))
    weights = graph.constant(state["linear.weight"].T)
    dense = graph.add("MatMul", hidden, weights)
    raw = graph.add("Relu", graph.add("Add", dense, graph.constant(state["linear.bias"])))
    length = graph.add("ReduceL2", raw, graph.constant([1]), keepdims=1)
    graph.output("voice", graph.add("Div", raw, length), ("N", _GE2E_CELLS))
    return graph.model()


def _lstm(state: Mapping[str, Any], layer: int) -> tuple[NDArray[Any], ...]:
    """Input weights, recurrent weights and biases of a layer as ONNX orders them."""

    def ordered(name: str) -> NDArray[Any]:
        values = state[f"lstm.{name}_l{layer}"]
        gates = values.reshape(4, _GE2E_CELLS, *values.shape[1:])[list(_GATES)]
        found: NDArray[Any] = gates.reshape(values.shape)
        return found

    biases = np.concatenate([ordered("bias_ih"), ordered("bias_hh")])
    return ordered("weight_ih")[None], ordered("weight_hh")[None], biases[None]
