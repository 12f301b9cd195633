"""Networks that look at whole pictures: what is in them, what is written, what is not for all."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, TensorProto

from adapters.model_repository.graph import Graph, Shape, opset_of, pixels

Files = Mapping[str, Path]

_TO_PLANES = (0, 3, 1, 2)


def open_nsfw(files: Files) -> ModelProto:
    """Two probabilities: safe for all, and not. The network takes blue first, less Caffe's mean."""
    model = onnx.load(files["weights"])
    graph = Graph(opset=opset_of(model))
    frames = graph.input("frame", TensorProto.UINT8, ("N", 224, 224, 3))
    floats = pixels(graph, frames, scale=(1.0,) * 3, offset=(-123.0, -117.0, -104.0))
    turned = graph.add("Gather", floats, graph.constant([2, 1, 0]), axis=3)
    (found,) = graph.adopt(model, {"input_0": turned}).values()
    graph.output("probabilities", found, ("N", 2))
    return graph.model()


def ppocr_detector(files: Files) -> ModelProto:
    """How likely each pixel is part of a line of text; sides are multiples of 32."""
    graph, found = _of_planes(files, ("N", "height", "width", 3))
    graph.output("probabilities", found, ("N", 1, "height", "width"))
    return graph.model()


def ppocr_reader(files: Files) -> ModelProto:
    """The likeliest character of each column of lines 48 pixels high, as Unicode numbers it.

    Probabilities of all 18,710 would weigh a thousand times as much, and say no more.
    """
    graph, found = _of_planes(files, ("N", 48, "width", 3))
    kept = {each.key: each.value for each in onnx.load(files["weights"]).metadata_props}
    # The first class is none, the last a space.
    known = [0, *(ord(each) for each in kept["character"].split("\n")), ord(" ")]
    letters = graph.constant(np.asarray(known, np.int32))
    likeliest = graph.add("ArgMax", found, axis=2, keepdims=0)
    shape = ("N", "columns")
    characters = graph.add("Gather", letters, likeliest, axis=0)
    graph.output("characters", characters, shape, TensorProto.INT32)
    largest = graph.add("ReduceMax", found, axes=[2], keepdims=0)
    graph.output("probabilities", largest, shape)
    return graph.model()


def _of_planes(files: Files, shape: Shape) -> tuple[Graph, str]:
    """PP-OCR's networks take blue first, from -1 to 1."""
    model = onnx.load(files["weights"])
    graph = Graph(opset=opset_of(model))
    frames = graph.input("frame", TensorProto.UINT8, shape)
    turned = graph.add("Gather", frames, graph.constant([2, 1, 0]), axis=3)
    floats = pixels(graph, turned, scale=(1 / 127.5,) * 3, offset=(-1.0,) * 3)
    planes = graph.add("Transpose", floats, perm=_TO_PLANES)
    (found,) = graph.adopt(model, {"x": planes}).values()
    return graph, found
