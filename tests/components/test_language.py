"""language: texts in known languages are told apart, and short ones are doubted."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.text.language import COMPONENT
from adapters.components.text.language_codes import CODES
from adapters.components.text.word_keys import language_keys, word_key
from application.ports.inference import Inference
from domain.component import EmptyReason
from tests.components.served import Ask, needing
from tests.components.texts import HOSTILE, texts

KNOWN = {
    "Как снять видео на телефон и не пожалеть об этом": "ru",
    "КАК СНЯТЬ ВИДЕО НА ТЕЛЕФОН": "ru",
    "How to film a video with your phone": "en",
    "HOW TO FILM A VIDEO WITH YOUR PHONE": "en",
    "Як зняти відео на телефон і не пошкодувати": "uk",
    "Wie man ein Video mit dem Handy dreht": "de",
    "Cómo grabar un vídeo con el teléfono": "es",
    "スマートフォンで動画を撮影する方法": "ja",
}


@pytest.mark.parametrize(("text", "code"), KNOWN.items())
def test_a_text_in_a_known_language_is_recognised(asked: Ask, text: str, code: str) -> None:
    found = asked(COMPONENT, texts(title=text)).arrays

    assert found["language"] == code
    assert found["languages"].tolist() == [code]
    assert found["confidence"] > 0.5
    assert not found["is_mixed"]


def test_each_text_has_a_language_of_its_own(asked: Ask) -> None:
    russian, _, english, *_ = KNOWN
    found = asked(COMPONENT, texts(title=english, description=f"{russian}. " * 5)).arrays

    assert found["labels"].tolist() == ["title", "description"]
    assert found["languages"].tolist() == ["en", "ru"]
    assert found["language"] == "ru"
    assert found["is_mixed"]


def test_a_name_alone_is_in_no_sure_language(asked: Ask) -> None:
    found = asked(COMPONENT, texts(title="Max", description="iPhone", tags=("Ana", "Tom")))

    assert not found.arrays["is_sure"].any()
    assert not found.arrays["is_mixed"]


def test_without_words_it_is_empty() -> None:
    assert COMPONENT.measure(texts()).empty_reason is EmptyReason.NO_TEXT
    found = COMPONENT.measure(texts(title="100% 🔥"))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_that_try_to_break_it_get_a_probability(asked: Ask, name: str) -> None:
    found = asked(COMPONENT, texts(title=HOSTILE[name], description="cat")).arrays
    assert (found["confidences"] > 0).all()
    assert set(found["languages"].tolist()) <= set(CODES)


def test_the_model_answers_for_as_many_languages_as_have_codes(served: Inference) -> None:
    needing("lid_176")
    found = served.infer("lid_176", {"keys": np.array([[-1]])})["probabilities"]

    assert found.shape == (1, len(CODES))
    assert list(CODES) == sorted(set(CODES))
    assert found.sum() == pytest.approx(1.0, abs=1e-5)


def test_keys_are_those_that_fasttext_counts() -> None:
    """Pieces of two to four letters of the word between < and >, each by its plain FNV-1a."""
    end = word_key(b"</s>")
    assert language_keys("") == [end]
    assert language_keys("a") == [word_key(b"a"), *_pieces("<a", "<a>", "a>"), end]


def _pieces(*pieces: str) -> list[int]:
    found = []
    for piece in pieces:
        state = 2166136261
        for byte in piece.encode():
            state = ((state ^ byte) * 16777619) % 2**32
        found.append(state % 2_000_000)
    return found


@given(st.text(max_size=60))
def test_any_text_has_keys_and_more_of_it_has_more(text: str) -> None:
    found = language_keys(text)
    assert all(key >= 0 for key in found)
    assert len(language_keys(f"{text} word")) > len(found)
