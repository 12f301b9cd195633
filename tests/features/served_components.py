"""Made components that ask made models, and how often the models were asked."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.memory.inference import MadeModel, MemoryInference
from application.ports.components import Component, Inputs, Measurement
from domain.component import Cost, FrameBudget, Kind
from domain.served_model import ServedModel
from tests.features.heard_components import HEARD, LISTENER
from tests.features.made_components import MADE, made_component

Arrays = Mapping[str, NDArray[Any]]

UNLUCKY = "Unlucky"
"""A title of whose video the first model says nothing."""
FINDER, POSER = "face_finder", "poser"


class NothingSaid(Exception):
    """The model cannot answer."""


def _colour(inputs: Inputs) -> Measurement:
    assert inputs.frames is not None
    return Measurement({"value": np.array(float(len(inputs.frames.indices)))})


def _faces(inputs: Inputs) -> Measurement:
    assert inputs.frames is not None
    means = [float(picture.mean()) for picture in inputs.frames.luma()]
    if inputs.metadata.title == UNLUCKY:
        means[-1] = -1.0
    found = inputs.served.infer(FINDER, {"x": np.asarray(means, dtype=np.float32)[:, None]})
    return Measurement({"value": np.array(float(found["y"].sum()))})


def _poses(inputs: Inputs) -> Measurement:
    (faces,) = inputs.artifacts.values()
    found = inputs.served.infer(POSER, {"x": np.full((2, 1), faces["value"], dtype=np.float32)})
    return Measurement({"value": np.array(float(found["y"].sum()))})


_BUDGET = FrameBudget(4, 4, 4)

SERVED: tuple[Component, ...] = (
    made_component("colour", _colour, frames=_BUDGET, cost=Cost.FRAMES),
    made_component(
        "faces",
        _faces,
        kind=Kind.SERVED_MODEL,
        models=(FINDER,),
        frames=_BUDGET,
        cost=Cost.FRAMES,
        reads_metadata=("title",),
    ),
    made_component("poses", _poses, kind=Kind.SERVED_MODEL, models=(POSER,), needs=("faces",)),
)
EVERY = (*MADE, *SERVED, *HEARD)


def made_models(*, batch_max: int = 64, items_max: int = 64) -> MemoryInference:
    """Every model that is built; more than `items_max` items at once take too much memory."""

    def compute(inputs: Arrays) -> Arrays:
        if len(inputs["x"]) > items_max:
            raise MemoryError
        if (inputs["x"] < 0).any():
            raise NothingSaid
        return {"y": 3 * inputs["x"] + 1}

    return MemoryInference(
        {name: _model(name, compute, batch_max=batch_max) for name in (FINDER, POSER, LISTENER)}
    )


def _model(name: str, compute: Any, *, batch_max: int) -> MadeModel:
    served = ServedModel(
        name=name, version="1", weights_sha256="b" * 64, engine="made 1", batch_max=batch_max
    )
    return MadeModel(served=served, inputs={"x": ((1,), "float32")}, compute=compute)
