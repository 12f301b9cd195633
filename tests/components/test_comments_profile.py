"""comments_profile against comments counted by hand, and without a word of them in its answer."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.text.comments_profile import COMPONENT
from application.ports.components import Arrays, Inputs, Measurement
from domain.component import EmptyReason
from domain.video import Metadata
from tests.components.inputs import a_timeline, measured
from tests.components.texts import HOSTILE

TEN = (
    "I love how you explain this, it is the best video of the year!",
    "This is a terrible waste of time and I hate the sound of it.",
    "What is the name of the camera that you use for this? 🎥",
    "Where did you find all of this? www.example.com",
    "first",
    "First!",
    "First!",
    "Спасибо, это было очень полезно и понятно для всех нас",
    "А где вы купили этот объектив и сколько он стоит?",
    "🔥🔥🔥",
)


def profile(comments: tuple[str, ...] | None) -> Measurement:
    return measured(COMPONENT, Inputs(timeline=a_timeline(), metadata=Metadata(comments=comments)))


def arrays_of(comments: tuple[str, ...]) -> Arrays:
    found = profile(comments)
    assert found.empty_reason is None
    return found.arrays


def test_ten_comments_are_counted_as_by_hand() -> None:
    found = arrays_of(TEN)
    assert found["comments"] == 10
    lengths = [len(text) for text in TEN]
    assert lengths != sorted(lengths)
    assert found["characters"].tolist() == sorted(lengths)
    assert found["median_characters"] == np.median([len(text) for text in TEN])
    assert found["question_share"] == pytest.approx(0.3)
    assert found["emoji_share"] == pytest.approx(0.2)
    assert found["link_share"] == pytest.approx(0.1)
    assert found["repeated_share"] == pytest.approx(0.1)
    shares = dict(zip(found["languages"].tolist(), found["language_shares"].tolist(), strict=True))
    assert shares == pytest.approx({"en": 0.4, "ru": 0.2, "other": 0.4})


def test_kind_and_unkind_comments_are_told_apart() -> None:
    kind, unkind = arrays_of(TEN[:1] * 5), arrays_of(TEN[1:2] * 5)
    assert kind["valence"] > 0.5
    assert unkind["valence"] < -0.5
    assert kind["kind_share"] == unkind["unkind_share"] == 1
    assert kind["unkind_share"] == unkind["kind_share"] == 0


def test_of_russian_comments_no_feeling_is_claimed() -> None:
    found = arrays_of(TEN[7:8] * 5)
    assert not found["valence_known"]
    assert np.isnan(found["valence"])


@pytest.mark.parametrize("comments", [None, (), (" ", "\u200b")])
def test_without_comments_it_is_empty_by_its_reason(comments: tuple[str, ...] | None) -> None:
    """R-206."""
    assert profile(comments).empty_reason is EmptyReason.COMMENTS_MISSING


def test_a_few_comments_are_too_little() -> None:
    assert profile(TEN[:4]).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_comments_break_nothing(text: str) -> None:
    found = profile((text,) * 6)
    assert found.empty_reason in {None, EmptyReason.COMMENTS_MISSING}


@given(st.permutations(TEN))
def test_the_order_of_comments_changes_no_figure(shuffled: list[str]) -> None:
    found, again = arrays_of(TEN), arrays_of(tuple(shuffled))
    for name, array in found.items():
        if name == "characters":
            assert sorted(array.tolist()) == sorted(again[name].tolist())
        elif array.dtype.kind == "f":
            np.testing.assert_allclose(array, again[name], atol=1e-12)


@given(st.lists(st.text(alphabet="абвгabcd ?", min_size=1), min_size=5, max_size=120))
def test_no_word_of_a_comment_is_kept(comments: list[str]) -> None:
    """R-703: counts and shares; the only text is the names of languages."""
    found = profile(tuple(comments))
    texts = {name for name, array in found.arrays.items() if array.dtype.kind == "U"}
    assert texts <= {"languages"}
    if found.arrays:
        assert found.arrays["comments"] <= 100
        assert set(found.arrays["languages"].tolist()) == {"en", "ru", "other"}
