"""objects: a portrait, a cat and a cup are what they are; flat frames are nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.visual.coco import COCO
from adapters.components.visual.objects import COMPONENT, things
from adapters.memory.inference import MadeModel, MemoryInference
from adapters.model_repository.manifest import read_manifest
from application.ports.components import Arrays
from application.ports.inference import ModelNotFound
from domain.component import EmptyReason
from domain.served_model import ServedModel
from tests.components.clips import OpenClip
from tests.components.drawings import Picture, flat
from tests.components.inputs import measured, picture_inputs
from tests.components.portraits import astronaut, cat, cup, framed
from tests.components.served import Ask


def test_its_model_is_off_until_its_licence_is_confirmed_and_it_says_so() -> None:
    [entry] = [one for one in read_manifest() if one.name == "centernet"]

    assert not entry.is_enabled
    assert entry.classes == COCO
    assert "not confirmed" in COMPONENT.schema.meaning.en
    assert "не подтверждена" in COMPONENT.schema.meaning.ru


def test_without_its_model_it_fails_as_model_not_found() -> None:
    """R-205: never a stand-in."""
    inputs = picture_inputs(COMPONENT, [flat()])

    with pytest.raises(ModelNotFound):
        COMPONENT.measure(replace(inputs, inference=MemoryInference()))


@pytest.mark.parametrize(
    ("picture", "expected"), [(astronaut(), "person"), (cat(), "cat"), (cup(), "cup")]
)
def test_known_things_are_named(asked: Ask, picture: Picture, expected: str) -> None:
    shown = [flat()] * 12 + [framed(picture)] * 12
    found = asked(COMPONENT, picture_inputs(COMPONENT, shown)).arrays

    assert found["labels"].tolist()[0] == expected
    assert found["time_share"][0] == pytest.approx(0.5, abs=0.05)
    assert found["counts"][:, 0].tolist() == [0] * 12 + [1] * 12
    assert found["person_share"] == pytest.approx(0.5 if expected == "person" else 0.0, abs=0.05)


def test_things_of_a_made_model_are_counted_named_and_timed() -> None:
    """Two dogs while it is bright, a person and a kite while it is dark: four seconds of six."""

    def told(given_: Arrays) -> Arrays:
        heat = np.zeros((len(given_["frame"]), 128, 128, 80), dtype=np.float32)
        for row, picture in enumerate(given_["frame"]):
            if picture.max() > 128:
                heat[row, [20, 60], [20, 60], COCO.index("dog")] = 0.8
            else:
                heat[row, 40, 90, COCO.index("person")] = 0.9
                heat[row, 100, 30, COCO.index("kite")] = 0.31
                heat[row, 100, 60, COCO.index("kite")] = 0.29
        sizes = np.full((*heat.shape[:3], 4), 12.0, dtype=np.float32)
        return {"heat": heat, "peaks": heat, "sizes": sizes}

    model = ServedModel(name="centernet", version="1", weights_sha256="ab" * 32, engine="made")
    made = MadeModel(served=model, inputs={"frame": ((512, 512, 3), "uint8")}, compute=told)
    inputs = picture_inputs(COMPONENT, [flat(250)] * 24 + [flat(30)] * 48)
    inference = MemoryInference({"centernet": made})
    found = measured(COMPONENT, replace(inputs, inference=inference)).arrays

    assert found["labels"].tolist() == ["person", "kite", "dog"]
    np.testing.assert_allclose(found["time_share"], [2 / 3, 2 / 3, 1 / 3], atol=0.01)
    assert found["count_max"].tolist() == [1, 1, 2]
    np.testing.assert_allclose(found["confidence"], [0.9, 0.31, 0.8], atol=1e-6)
    assert found["counts"].tolist() == [[0, 0, 2]] * 24 + [[1, 1, 0]] * 48
    assert found["total"].tolist() == [2] * 72
    assert found["person_share"] == pytest.approx(2 / 3, abs=0.01)


@pytest.mark.parametrize("level", [0, 128, 255])
def test_flat_frames_show_nothing(asked: Ask, level: int) -> None:
    found = asked(COMPONENT, picture_inputs(COMPONENT, [flat(level)]))

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.slow
@pytest.mark.requires("shared_media")
def test_people_of_real_clips_are_seen_and_digits_hold_none(clip: OpenClip, asked: Ask) -> None:
    for name in ("talk_vertical_hevc1.mp4", "burned_subs_ru.mp4"):
        inputs = clip(f"real/{name}", longest_s=1).picture_inputs(COMPONENT)
        assert asked(COMPONENT, inputs).arrays["person_share"] > 0.9
    digits = clip("real/countdown_leader.mp4", longest_s=1).picture_inputs(COMPONENT)
    found = asked(COMPONENT, digits)
    assert found.empty_reason is not None or found.arrays["person_share"] < 0.2


@given(
    cells=st.lists(
        st.tuples(st.integers(0, 15), st.integers(0, 15), st.integers(0, 79)),
        unique_by=lambda cell: cell[:2],
        max_size=12,
    )
)
def test_every_peak_is_one_thing(cells: list[tuple[int, int, int]]) -> None:
    """Peaks eight cells apart, each of a thing of four cells: none hides another."""
    heat = np.zeros((128, 128, 80), dtype=np.float32)
    for down, across, kind in cells:
        heat[down * 8, across * 8, kind] = 0.9
    answer = {"heat": heat, "peaks": heat, "sizes": np.full((128, 128, 4), 8, dtype=np.float32)}

    assert sorted(kind for kind, _ in things(answer)) == sorted(kind for _, _, kind in cells)
