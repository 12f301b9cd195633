"""Components see the fields of the metadata that their specs name, and no other.

A component's result is taken over by another run where these fields are equal: a field that it read
in secret would give one video's result to another.
"""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.memory.inference import MemoryInference
from adapters.memory.memory_meter import FixedMemoryMeter
from adapters.preparation.segments import FolderSegments
from application.ports.components import Component, Inputs, Measurement, Timeline
from application.ports.inference import Inference
from application.ports.orders import MeasureOrder
from application.ports.segments import Segmentation
from application.use_cases.measure_component import MeasureComponent
from domain.component import ComponentStatus
from domain.manifest import Preprocessing
from domain.sampling import SamplingPlan
from domain.video import Metadata, shown
from domain.video_size import VideoSize
from tests.builders import a_run
from tests.components.served import needing
from tests.features.made_components import made_component

SAID = Metadata(
    title="Как снимать ночью: 5 простых советов для начинающих!",
    description="Снимаем ночной город: какая камера нужна, какой свет и какой звук. " * 5,
    tags=("ночь", "город"),
    language="ru",
    category="Education",
    published_at="2026-01-02",
    channel_id="UC123",
    channel_name="A channel",
    subscribers=5,
    views=6,
    likes=7,
    comments=("first", "What a night!", "Где это?", "I love it", "So good"),
    duration_s=60.0,
    counters_read_at="2026-01-05T00:00:00+00:00",
)
TIMELINE = Timeline(frame_count=720, duration_s=60.0, width_px=568, height_px=320, has_sound=True)
LISTENING = ("speech_transcript",)
"""Reads the declared language: tried in its own tests, which have speech."""
TEXT = (
    "title_style",
    "description_style",
    "readability",
    "key_phrases",
    "sentiment",
    "video_facts",
    "comments_profile",
)
SERVED = ("text_embedding", "language", "entities")
"""Read by models that have to be built."""


class Watched(Metadata):
    """Metadata that knows which of its fields were read."""

    def __getattribute__(self, name: str) -> Any:
        if name in Metadata.__dataclass_fields__:
            READ.add(name)
        return super().__getattribute__(name)


READ: set[str] = set()


@pytest.mark.parametrize("name", [*TEXT, *SERVED])
def test_a_text_component_reads_what_it_says_and_all_of_that(name: str, served: Inference) -> None:
    component = ShippedComponents()[name]
    needing(*component.spec.models)
    size = VideoSize(60.0, 1280, 720, 30.0)
    watched = Watched(**_fields(SAID))
    inputs = Inputs(timeline=TIMELINE, metadata=watched, inference=served, size=size)
    READ.clear()
    seen = component.measure(inputs)
    assert set(component.spec.reads_metadata) == READ
    blank = shown(SAID, component.spec.reads_metadata)
    again = component.measure(replace(inputs, metadata=blank))
    assert seen.arrays.keys() == again.arrays.keys()
    for array in seen.arrays:
        np.testing.assert_array_equal(seen.arrays[array], again.arrays[array])


def test_every_component_that_says_it_reads_something_is_tried_here() -> None:
    reading = {one.spec.name for one in ShippedComponents() if one.spec.reads_metadata}
    assert reading == {*TEXT, *SERVED, *LISTENING}


def test_a_component_that_reads_in_secret_sees_nothing(tmp_path: Path) -> None:
    seen: list[Metadata] = []

    def measure(inputs: Inputs) -> Measurement:
        seen.append(inputs.metadata)
        return Measurement({"value": np.array(1.0)})

    for reads in ((), ("title",), ("tags", "views")):
        component = made_component("secret", measure, reads_metadata=reads)
        assert _measured(component, tmp_path) is ComponentStatus.OK
        assert seen.pop() == shown(SAID, reads)
    assert shown(SAID, ()) == Metadata()
    assert shown(SAID, [f.name for f in fields(Metadata)]) == SAID


def _measured(component: Component, folder: Path) -> ComponentStatus:
    shipped = ShippedComponents((component,))
    segments = FolderSegments(lambda _: folder)
    record = Segmentation(
        timeline=TIMELINE,
        detail_size=(2, 2),
        plan=SamplingPlan(720, {}, {}),
        sounds={},
        has_spectra=False,
        preprocessing=Preprocessing(
            source={"shown_size": [1280, 720], "frame_rate_hz": 30.0},
        ),
    )
    run_id = a_run().id
    with segments.draft(run_id) as draft:
        draft.commit(record, {})
    measure = MeasureComponent(segments, shipped, FixedMemoryMeter(), MemoryInference())
    order = MeasureOrder(
        run_id=run_id, component="secret", parameters={}, metadata=SAID, timeout_s=9.0
    )
    return measure(order).status


def _fields(metadata: Metadata) -> dict[str, Any]:
    return {f.name: getattr(metadata, f.name) for f in fields(Metadata)}
