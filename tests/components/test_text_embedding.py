"""text_embedding: texts of one meaning point one way, in Russian as in English."""

import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.text.pieces import Pieces
from adapters.components.text.text_embedding import COMPONENT
from application.ports.components import Inputs
from application.ports.inference import Inference
from domain.component import EmptyReason
from tests.components.served import Ask, needing
from tests.components.texts import HOSTILE, texts

CATS = ("Кот спит на тёплом диване", "A cat sleeps on the warm sofa")
BANK = ("Центральный банк повысил ставку", "The central bank raised interest rates")
PHONE = ("Скидка на новый телефон", "Buy the new phone with a discount")


def spoken(inputs: Inputs, words: list[str], *, each_s: float) -> Inputs:
    """The same video, in which these words are said and kept."""
    starts_s = np.arange(len(words)) * each_s
    said = {
        "words": np.array(words),
        "word_bounds_s": np.stack([starts_s, starts_s + each_s], axis=1),
    }
    return replace(inputs, artifacts={"speech_transcript": said})


def cosine(asked: Ask, one: str, other: str) -> float:
    found = asked(COMPONENT, texts(title=one, description=other)).arrays
    return float(found["vectors"][0] @ found["vectors"][1])


@pytest.mark.parametrize("subject", [CATS, BANK, PHONE])
def test_a_sentence_lies_nearest_to_its_translation(asked: Ask, subject: tuple[str, str]) -> None:
    russian, english = subject
    others = [each for pair in (CATS, BANK, PHONE) if pair != subject for each in pair]

    near = cosine(asked, russian, english)

    assert near > 0.6
    assert near > 0.25 + max(cosine(asked, russian, other) for other in others)


def test_each_text_that_is_there_has_one_unit_vector(asked: Ask) -> None:
    found = asked(COMPONENT, texts(title="Как снять видео", tags=("видео", "камера"))).arrays

    assert found["labels"].tolist() == ["title", "tags"]
    assert found["characters"].tolist() == [15, 13]
    assert found["vectors"].shape == (2, 512)
    np.testing.assert_allclose(np.linalg.norm(found["vectors"], axis=1), 1.0, atol=1e-6)


def test_links_and_time_codes_change_nothing(asked: Ask) -> None:
    plain = "Всё о котах и собаках"
    dressed = "Всё о котах и собаках https://example.com/a?b=1"
    assert cosine(asked, plain, dressed) == pytest.approx(1.0, abs=1e-5)


def test_what_is_said_is_a_text_and_has_parts_of_half_a_minute(asked: Ask) -> None:
    words = BANK[1].split() * 6 + CATS[1].split() * 6
    found = asked(COMPONENT, spoken(texts(title="Cats"), words, each_s=1.0)).arrays

    assert found["labels"].tolist() == ["title", "transcript"]
    np.testing.assert_array_equal(found["part_bounds_s"], [(0, 30), (30, 60), (60, 90)])
    cosines = found["part_vectors"] @ found["vectors"][0]
    assert cosines[2] > cosines[0] + 0.2


def test_words_that_are_not_kept_are_no_text(asked: Ask) -> None:
    """R-703: without leave the transcript counts words and keeps none."""
    counted = {"words": np.array([], dtype="U1"), "word_bounds_s": np.zeros((7, 2))}
    inputs = replace(texts(title="Cats"), artifacts={"speech_transcript": counted})
    found = asked(COMPONENT, inputs).arrays

    assert found["labels"].tolist() == ["title"]
    assert found["part_vectors"].shape == (0, 512)


def test_a_long_text_still_tells_what_it_is_about(asked: Ask) -> None:
    assert cosine(asked, CATS[1], f"{CATS[1]}. " * 150) > 0.7


def test_without_any_text_it_is_empty() -> None:
    for inputs in (texts(), texts(title=" ", description="\n", tags=("",))):
        assert COMPONENT.measure(inputs).empty_reason is EmptyReason.NO_TEXT


def test_signs_without_words_are_too_little() -> None:
    for title in ("!!!", "🔥🔥🔥", "2024", "0:00 1:05", "x"):
        found = COMPONENT.measure(texts(title=title))
        assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_texts_that_try_to_break_it_get_a_direction_or_none(asked: Ask, name: str) -> None:
    found = asked(COMPONENT, texts(title=HOSTILE[name], description="A cat"))
    assert np.isfinite(found.arrays["vectors"]).all()


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=80))
def test_pieces_put_together_are_the_text(text: str) -> None:
    """Made vocabulary: every letter that it knows comes back in its order."""
    known = {piece: (at + 3, -1.0 - at) for at, piece in enumerate(("a", "b", "ab", "ба", "▁"))}
    names = {number: piece for piece, (number, _) in known.items()}
    cut = Pieces(known, 2, -20.0).cut(text)

    plain = "".join(names.get(number, "?") for number in cut)
    assert plain.startswith("▁") or not cut
    assert [letter for letter in plain if letter in "ab"] == [
        letter for letter in unicodedata.normalize("NFKC", text) if letter in "ab"
    ]


def test_the_likeliest_cut_wins() -> None:
    known = {"▁": (3, -1.0), "a": (4, -1.0), "b": (5, -1.0), "ab": (6, -1.5), "▁a": (7, -1.9)}
    assert Pieces(known, 2, -20.0).cut("ab") == [3, 6]
    assert Pieces(known, 2, -20.0).cut("abc") == [3, 6, 0]
    assert Pieces(known, 2, -20.0).cut("  ") == []


def test_the_vocabulary_that_is_served_cuts_russian_into_words(served: Inference) -> None:
    needing("use_pieces")
    pieces = Pieces.served(served)
    names = {number: piece for piece, (number, _) in pieces.known.items()}

    found = [names[number] for number in pieces.cut("Как снять видео")]
    assert found == ["▁Как", "▁снять", "▁видео"]
