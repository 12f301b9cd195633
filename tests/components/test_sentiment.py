"""sentiment: kind and unkind English texts are told apart, and nothing else is read."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.text.sentiment import COMPONENT
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.inputs import measured
from tests.components.texts import HOSTILE, texts

KIND = [
    "I love this wonderful camera, it is the best that I have ever had",
    "What a happy and beautiful day with my friends",
    "Thank you so much for your great support 😍",
]
UNKIND = [
    "This is the worst phone ever, I hate it",
    "A terrible accident: many people were killed",
    "It is not good at all and they lied to us",
]
PLAIN = ["How to tie a tie in five steps", "This is what the map of the city shows"]


def tone(text: str) -> Arrays:
    return measured(COMPONENT, texts(title=text, language="en")).arrays


@pytest.mark.parametrize(("kind", "unkind"), list(zip(KIND, UNKIND, strict=True)))
def test_kind_texts_rank_above_unkind_ones(kind: str, unkind: str) -> None:
    assert tone(kind)["valence"] > 0.5
    assert tone(unkind)["valence"] < -0.3
    assert tone(kind)["kind_share"] == tone(unkind)["unkind_share"] == 1.0


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_without_loaded_words_is_neither(text: str) -> None:
    found = tone(text)
    assert found["valence"] == found["loaded_words"][0] == 0
    assert found["kind_share"] == found["unkind_share"] == 0


def test_a_text_is_the_mean_of_its_sentences() -> None:
    both = tone(f"{KIND[0]}. {UNKIND[0]}.")
    expected = (tone(f"{KIND[0]}.")["valence"] + tone(f"{UNKIND[0]}.")["valence"]) / 2

    assert both["valence"] == pytest.approx(expected)
    assert both["kind_share"] == both["unkind_share"] == 0.5


def test_the_tone_of_what_is_said_follows_it_over_time() -> None:
    words = f"{KIND[0]} {UNKIND[0]}".split()
    kind_count = len(KIND[0].split())
    starts_s = np.where(np.arange(len(words)) < kind_count, 3.0, 63.0)
    said = {"words": np.array(words), "word_bounds_s": np.stack([starts_s, starts_s + 1], axis=1)}
    given = replace(texts(language="en"), artifacts={"speech_transcript": said})
    found = measured(COMPONENT, given).arrays

    assert found["labels"].tolist() == ["transcript"]
    assert found["times_s"].tolist() == [15, 75]
    assert found["valence_curve"][0] > 0.5
    assert found["valence_curve"][1] < -0.3


def test_other_languages_are_not_read() -> None:
    """VADER gives every Russian text 0, which would look like a measurement."""
    for text in ("Это лучшая камера, я её люблю", "Das neue gute Telefon hat kein Gift"):
        found = COMPONENT.measure(texts(title=text))
        assert found.empty_reason is EmptyReason.NO_TEXT


def test_the_language_that_was_found_decides_over_letters() -> None:
    told = {"labels": np.array(["title"]), "languages": np.array(["en"])}
    short = texts(title="Best phones")
    for is_sure, reason in ((True, None), (False, EmptyReason.NO_TEXT)):
        found = {"language": told | {"is_sure": np.array([is_sure])}}
        assert COMPONENT.measure(replace(short, artifacts=found)).empty_reason is reason


def test_without_words_it_is_empty() -> None:
    assert COMPONENT.measure(texts()).empty_reason is EmptyReason.NO_TEXT
    found = COMPONENT.measure(texts(title="100% 🔥"))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_that_try_to_break_it_get_a_tone_or_none(name: str) -> None:
    found = measured(COMPONENT, texts(title=HOSTILE[name], description=KIND[0]))
    assert found.empty_reason is None


@given(st.text(alphabet="good bad not very !? love hate.\n", min_size=3, max_size=120))
def test_any_english_text_has_a_tone_within_bounds(text: str) -> None:
    measured(COMPONENT, texts(title=text, description=KIND[0]))
