"""text_alignment: cosines and drift of directions whose angles were made."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.text import text_embedding
from adapters.components.text.text_alignment import COMPONENT
from application.ports.components import Arrays, Inputs, Measurement
from domain.component import EmptyReason
from tests.components.inputs import measured
from tests.components.served import Ask
from tests.components.texts import texts


def at_angles(degrees: list[float]) -> NDArray[np.float32]:
    """Unit vectors at these angles from the first axis."""
    turned = np.radians(degrees)
    made = np.zeros((len(degrees), 512), dtype=np.float32)
    made[:, 0], made[:, 1] = np.cos(turned), np.sin(turned)
    return made


def aligned(
    labels: dict[str, float], parts: list[float] | None = None, *, screen: list[float] | None = None
) -> Measurement:
    starts_s = np.arange(len(parts or [])) * 30.0
    embedded: Arrays = {
        "labels": np.array(list(labels)),
        "vectors": at_angles(list(labels.values())),
        "part_vectors": at_angles(parts or []),
        "part_bounds_s": np.stack([starts_s, starts_s + 30.0], axis=1),
    }
    artifacts = {"text_embedding": embedded}
    if screen is not None:
        artifacts["on_screen_text"] = {"text_vectors": at_angles(screen)}
    return measured(COMPONENT, replace(texts(), artifacts=artifacts))


def test_cosines_are_those_of_the_angles() -> None:
    found = aligned({"title": 0, "description": 60, "transcript": 90}).arrays

    assert found["title_description"] == pytest.approx(0.5, abs=1e-6)
    assert found["title_transcript"] == pytest.approx(0.0, abs=1e-6)
    assert found["description_transcript"] == pytest.approx(np.sqrt(3) / 2, abs=1e-6)
    assert found["mean_likeness"] == pytest.approx((0.5 + np.sqrt(3) / 2) / 3, abs=1e-6)
    np.testing.assert_allclose(np.diag(found["likeness"]), 1.0, atol=1e-6)


def test_a_pair_that_is_not_there_is_not_known() -> None:
    found = aligned({"title": 0, "description": 60}).arrays

    assert not found["title_tags_known"]
    assert np.isnan(found["title_tags"])
    assert not found["mean_drift_known"]
    assert found["drift"].size == 0


def test_what_is_on_the_screen_is_compared_with_the_title() -> None:
    found = aligned({"title": 0, "description": 90}, screen=[60]).arrays

    assert found["labels"].tolist() == ["title", "description", "screen"]
    assert found["title_screen"] == pytest.approx(0.5, abs=1e-6)
    assert found["mean_likeness"] == pytest.approx((0.5 + 0 + np.sqrt(3) / 2) / 3, abs=1e-6)
    assert aligned({"title": 0}, screen=[60]).arrays["title_screen_known"]


def test_a_screen_without_words_changes_nothing() -> None:
    found = aligned({"title": 0, "description": 60}, screen=[]).arrays

    assert found["labels"].tolist() == ["title", "description"]
    assert not found["title_screen_known"]


def test_drift_is_the_distance_from_the_first_part() -> None:
    found = aligned({"title": 0, "transcript": 30}, parts=[0, 60, 90]).arrays

    np.testing.assert_allclose(found["drift"], [0, 0.5, 1], atol=1e-6)
    assert found["mean_drift"] == pytest.approx(0.75, abs=1e-6)
    np.testing.assert_array_equal(found["times_s"], [15, 45, 75])


def test_one_text_has_nothing_to_agree_with() -> None:
    assert aligned({"title": 0}).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@given(
    st.lists(st.floats(0, 360), min_size=2, max_size=5),
    st.lists(st.floats(0, 360), max_size=8),
)
def test_any_directions_give_a_valid_result(angles: list[float], parts: list[float]) -> None:
    labels = ("title", "description", "tags", "transcript", "screen")
    found = aligned(dict(zip(labels, angles, strict=False)), parts).arrays

    np.testing.assert_array_equal(found["likeness"], found["likeness"].T)


REAL = [
    ("Как приготовить борщ", "Рецепт борща: свёкла, капуста и мясо", "Обзор новой видеокарты"),
    ("How to fix a bicycle tyre", "Repair a flat bike tire at home", "My favourite pasta recipes"),
    ("Путешествие в Японию", "Two weeks in Japan: what to see", "Central bank raised the rates"),
]


@pytest.mark.parametrize(("title", "same", "other"), REAL)
def test_a_description_of_the_same_thing_agrees_more(
    asked: Ask, title: str, same: str, other: str
) -> None:
    def agreement(description: str) -> float:
        given: Inputs = texts(title=title, description=description)
        embedded = asked(text_embedding.COMPONENT, given).arrays
        inputs = replace(given, artifacts={"text_embedding": embedded})
        return float(measured(COMPONENT, inputs).arrays["title_description"])

    assert agreement(same) > 0.4
    assert agreement(other) < 0.25
