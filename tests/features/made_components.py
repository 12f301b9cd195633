"""Components small enough to see through, for scenarios about runs rather than measurements."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from application.ports.components import (
    Arrays,
    Component,
    Inputs,
    Measurement,
    StreamFrame,
    Timeline,
)
from domain.component import ComponentSpec, FrameBudget, Modality, SoundKind
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Label

_LABEL = Label("made", "сделанное")


@dataclass
class _Means:
    timeline: Timeline
    means: list[float] = field(default_factory=list)

    def see(self, frame: StreamFrame) -> None:
        self.means.append(float(frame.luma.mean()))

    def observed(self) -> Arrays:
        return {"means": np.asarray(self.means)}


def _picture(inputs: Inputs) -> Measurement:
    return Measurement({"value": np.array(inputs.observed["means"].mean())})


def _sound(inputs: Inputs) -> Measurement:
    blocks = inputs.sounds[SoundKind.SPEECH].blocks()
    return Measurement({"value": np.array(max(float(np.abs(b.samples).max()) for b in blocks))})


def _title(inputs: Inputs) -> Measurement:
    return Measurement({"value": np.array(float(len(inputs.metadata.title or "")))})


def _double(inputs: Inputs) -> Measurement:
    (arrays,) = inputs.artifacts.values()
    return Measurement({"value": 2 * arrays["value"]})


def _fails(inputs: Inputs) -> Measurement:
    del inputs
    raise RuntimeError("a bug that must stay where it is")


def _greedy(inputs: Inputs) -> Measurement:
    del inputs
    return Measurement({"value": np.array(1.0)}, units=1e6)


def _nonsense(inputs: Inputs) -> Measurement:
    del inputs
    return Measurement({"value": np.array(-1.0)})


def made_component(
    name: str, measure: Callable[[Inputs], Measurement], **details: Any
) -> Component:
    spec = ComponentSpec(
        name=name,
        producer_version="1",
        schema_version="1",
        **{"modality": Modality.VISUAL, **details},
    )
    value = ArraySchema(
        name="value",
        dtype=DType.FLOAT64,
        low=0.0,
        label=_LABEL,
        meaning=_LABEL,
        drawing=Drawing.VALUE,
    )
    schema = ArtifactSchema(
        component=name, version="1", label=_LABEL, meaning=_LABEL, arrays=(value,)
    )
    return Component(spec, schema, measure, _Means if spec.streams else None)


MADE = (
    made_component("picture", _picture, streams=True, frames=FrameBudget(2, 4, 8)),
    made_component("sound", _sound, modality=Modality.AUDIO, sounds=(SoundKind.SPEECH,)),
    made_component("sound_computed", _double, modality=Modality.AUDIO, needs=("sound",)),
    made_component(
        "title",
        _title,
        modality=Modality.TEXT,
        needs_metadata=("title",),
        reads_metadata=("title",),
    ),
    made_component("fails", _fails),
    made_component("fails_computed", _double, needs=("fails",)),
    made_component("greedy", _greedy),
    made_component("nonsense", _nonsense),
    made_component("untouched", _title, modality=Modality.TEXT, reads_metadata=("title",)),
)
