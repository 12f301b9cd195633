"""Faces, bodies and things in pictures: networks kept as TensorFlow.js graphs."""

from collections.abc import Mapping
from pathlib import Path

from onnx import ModelProto, TensorProto

from adapters.model_repository.graph import Graph, Shape, pixels
from adapters.model_repository.tfjs import TfjsGraph

Files = Mapping[str, Path]

_SIGNED = ((1 / 127.5,) * 3, (-1.0,) * 3)
_UNIT = ((1 / 255,) * 3, (0.0,) * 3)


def blazeface(files: Files) -> ModelProto:
    """Face boxes of 896 anchors; scores before the logistic function."""
    outputs: Mapping[str, tuple[str, Shape]] = {
        "scores_near": ("Identity", ("N", 512, 1)),
        "boxes_near": ("Identity_2", ("N", 512, 16)),
        "scores_far": ("Identity_1", ("N", 384, 1)),
        "boxes_far": ("Identity_3", ("N", 384, 16)),
    }
    return _pictured(files, "input", (256, 256), _SIGNED, outputs)


def facemesh(files: Files) -> ModelProto:
    """468 points of a face, and whether there is one at all."""
    outputs: Mapping[str, tuple[str, Shape]] = {
        "presence": ("Identity_1", ("N", 1)),
        "mesh": ("Identity_2", ("N", 1404)),
    }
    return _pictured(files, "input_1", (192, 192), _UNIT, outputs)


def emotion(files: Files) -> ModelProto:
    """Seven expressions of a face cut out in grey."""
    graph = Graph()
    frames = graph.input("face", TensorProto.UINT8, ("N", 64, 64, 1))
    given = pixels(graph, frames, scale=_SIGNED[0][:1], offset=_SIGNED[1][:1])
    return _translated(files, graph, {"input_1": given}, {"probabilities": ("Identity", ("N", 7))})


def movenet(files: Files) -> ModelProto:
    """Seventeen points of one body: y, x, score."""
    graph = Graph()
    frames = graph.input("frame", TensorProto.UINT8, (1, 192, 192, 3))
    given = graph.add("Cast", frames, to=TensorProto.INT32)
    outputs: Mapping[str, tuple[str, Shape]] = {"points": ("Identity", (1, 1, 17, 3))}
    return _translated(files, graph, {"input": given}, outputs, frees_batch=False)


def centernet(files: Files) -> ModelProto:
    """Eighty kinds of things: heat at their middles, its peaks, and how wide and high they are."""
    graph = Graph()
    frames = graph.input("frame", TensorProto.UINT8, (1, 512, 512, 3))
    given = graph.add("Cast", frames, to=TensorProto.FLOAT)
    outputs: Mapping[str, tuple[str, Shape]] = {
        "sizes": ("tower_0/wh", (1, 128, 128, 4)),
        "heat": ("tower_0/keypoints", (1, 128, 128, 80)),
        "peaks": ("tower_0/max_pooling2d/MaxPool", (1, 128, 128, 80)),
    }
    return _translated(files, graph, {"tower_0/images": given}, outputs, frees_batch=False)


def _pictured(
    files: Files,
    placeholder: str,
    size: tuple[int, int],
    levels: tuple[tuple[float, ...], tuple[float, ...]],
    outputs: Mapping[str, tuple[str, Shape]],
) -> ModelProto:
    graph = Graph()
    frames = graph.input("frame", TensorProto.UINT8, ("N", *size, 3))
    given = pixels(graph, frames, scale=levels[0], offset=levels[1])
    return _translated(files, graph, {placeholder: given}, outputs)


def _translated(
    files: Files,
    graph: Graph,
    given: Mapping[str, str],
    outputs: Mapping[str, tuple[str, Shape]],
    *,
    frees_batch: bool = True,
) -> ModelProto:
    source = TfjsGraph.read(files["topology"], files["weights"], frees_batch=frees_batch)
    source.translate(graph, given=given, wanted=[node for node, _ in outputs.values()])
    for name, (node, shape) in outputs.items():
        graph.output(name, source.tensors[node], shape)
    return graph.model()
