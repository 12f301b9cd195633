"""Made components about speech: one that asks a made model, one whose model nobody has built."""

import numpy as np

from application.errors import AdapterError
from application.ports.components import Component, Inputs, Measurement
from domain.component import Kind, Modality
from tests.features.made_components import made_component

LISTENER, UNBUILT = "listener", "unbuilt_model"
FOREIGN = "Сегодня"
"""A title of whose video the listener understands nothing."""


def _speech(inputs: Inputs) -> Measurement:
    found = inputs.served.infer(LISTENER, {"x": np.ones((2, 1), dtype=np.float32)})
    if inputs.metadata.title == FOREIGN:
        raise AdapterError("not understood", code="speech_language_not_served")
    return Measurement({"value": np.array(float(found["y"].sum()))})


def _pace(inputs: Inputs) -> Measurement:
    (speech,) = inputs.artifacts.values()
    return Measurement({"value": speech["value"] / 2})


def _unbuilt(inputs: Inputs) -> Measurement:
    found = inputs.served.infer(UNBUILT, {"x": np.ones((1, 1), dtype=np.float32)})
    return Measurement({"value": found["y"].sum()})


HEARD: tuple[Component, ...] = (
    made_component(
        "speech",
        _speech,
        modality=Modality.AUDIO,
        kind=Kind.SERVED_MODEL,
        models=(LISTENER,),
        reads_metadata=("title",),
    ),
    made_component("pace", _pace, modality=Modality.AUDIO, needs=("speech",)),
    made_component("unbuilt", _unbuilt, kind=Kind.SERVED_MODEL, models=(UNBUILT,)),
)
