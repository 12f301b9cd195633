"""Answers of a model to many pictures, asked a handful at a time."""

import numpy as np

from adapters.components.visual.served_items import answers
from adapters.memory.inference import Arrays, MadeModel, MemoryInference
from domain.served_model import ServedModel


def _means(inputs: Arrays) -> Arrays:
    """The mean of each picture, and the picture itself."""
    frames = inputs["frame"]
    return {"mean": frames.mean(axis=(1, 2, 3)), "same": frames.astype(np.float32)}


def _served() -> MemoryInference:
    served = ServedModel(
        name="means",
        version="1",
        weights_sha256="0" * 64,
        engine="memory",
        precision="float32",
        batch_max=8,
    )
    made = MadeModel(served=served, inputs={"frame": ((4, 4, 3), "uint8")}, compute=_means)
    return MemoryInference({"means": made})


def test_each_picture_is_answered_in_order() -> None:
    shown = (np.full((4, 4, 3), level, dtype=np.uint8) for level in range(35))
    told = [float(answer["mean"]) for answer in answers(_served(), "means", "frame", shown)]
    assert told == [float(level) for level in range(35)]


def test_an_answer_that_is_kept_keeps_none_of_its_company() -> None:
    """A view would hold what the model said of all the pictures that were asked with it."""
    shown = [np.zeros((4, 4, 3), dtype=np.uint8)] * 16
    for answer in answers(_served(), "means", "frame", shown):
        assert all(value.base is None for value in answer.values())
