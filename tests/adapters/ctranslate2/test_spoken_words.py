"""Tokens become words with their times, whatever the path through tokens and frames is."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from adapters.ctranslate2.spoken_words import spoken_words, text_of


def _tokens(text: str) -> list[str]:
    """Each sign a token, as the vocabulary writes bytes."""
    return list(text.replace(" ", "Ġ"))


def test_tokens_of_a_word_are_joined_and_span_its_time() -> None:
    found = spoken_words(
        ["ĠAsk", "Ġcoun", "try", "."],
        aligned=[(0, 10), (1, 20), (2, 30), (3, 40), (3, 45)],
        probabilities=[0.5, 1.0, 0.5, 0.0],
        length_s=2.0,
    )
    assert [word.text for word in found] == ["Ask", "country."]
    spans_s = [(word.start_s, word.end_s) for word in found]
    np.testing.assert_allclose(spans_s, [(0.2, 0.4), (0.4, 0.92)])
    assert [word.probability for word in found] == [0.5, 0.5]


def test_bytes_of_a_letter_in_several_tokens_are_put_together() -> None:
    """The vocabulary writes bytes: é is two of them, and a lone one is no letter."""
    assert text_of(["ĠcafÃ", "©"]) == " café"
    assert text_of(["Ã"]) == ""


@given(
    text=st.text(alphabet="ab c.", min_size=1, max_size=40),
    frames=st.lists(st.integers(0, 1500), max_size=60),
    length_s=st.floats(0.1, 30),
)
def test_words_rise_within_the_sound_and_keep_the_text(
    text: str, frames: list[int], length_s: float
) -> None:
    tokens = _tokens(text)
    places = np.sort(np.random.default_rng(len(text)).integers(0, len(tokens) + 1, len(frames)))
    aligned = list(zip(places.tolist(), sorted(frames), strict=True))
    found = spoken_words(
        tokens, aligned=aligned, probabilities=[0.5] * len(tokens), length_s=length_s
    )
    assert "".join(word.text for word in found) == text.replace(" ", "")
    for word in found:
        assert 0 <= word.start_s <= word.end_s <= length_s
    for before, after in pairwise(found):
        assert before.end_s <= after.start_s
