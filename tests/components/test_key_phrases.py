"""key_phrases against the example of the paper and texts whose subject is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.text import rake
from adapters.components.text.key_phrases import COMPONENT, PHRASE_WORDS_MAX, PHRASES_MAX
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.inputs import measured
from tests.components.texts import HOSTILE, texts

# The candidates of the example in Rose et al. (2010), table 1.1, and their scores, figure 1.3.
PAPER_CANDIDATES = (
    "compatibility; systems; linear constraints; set; natural numbers; criteria; compatibility; "
    "system; linear diophantine equations; strict inequations; nonstrict inequations; "
    "upper bounds; components; minimal set; solutions; algorithms; minimal generating sets; "
    "solutions; systems; criteria; corresponding algorithms; constructing; "
    "minimal supporting set; solving; systems; systems"
)
PAPER_SCORES = {
    "minimal generating sets": 8.7,
    "linear diophantine equations": 8.5,
    "minimal supporting set": 7.7,
    "minimal set": 4.7,
    "linear constraints": 4.5,
    "natural numbers": 4.0,
    "strict inequations": 4.0,
    "upper bounds": 4.0,
    "corresponding algorithms": 3.5,
    "set": 2.0,
    "algorithms": 1.5,
    "compatibility": 1.0,
}

RUSSIAN = """Ночная съёмка — это просто, если понять три вещи.
Для ночной съёмки нужны светосильная камера и штатив.
Светосильная камера — это дорого, но без светосильной камеры о ночной съёмке не думай.
0:00 Начало
https://example.com/nochnaya me@example.com +7 900 000-00-00 #штатив"""


def arrays_of(title: str | None, description: str | None = None) -> Arrays:
    found = measured(COMPONENT, texts(title=title, description=description))
    assert found.empty_reason is None
    return found.arrays


def test_the_scores_are_those_of_the_paper() -> None:
    phrases = [tuple(phrase.split()) for phrase in PAPER_CANDIDATES.split("; ")]
    scores = rake.word_scores(phrases)

    for phrase, expected in PAPER_SCORES.items():
        assert rake.phrase_score(tuple(phrase.split()), scores) == pytest.approx(expected, abs=0.05)


def test_candidates_end_at_marks_and_stop_words() -> None:
    found = rake.candidates(
        "Red bikes and old bikes, two-wheeled friends: cheap - fast\nnew line",
        is_stop=frozenset({"and", "old"}).__contains__,
        words_of=str.split,
    )

    assert [" ".join(phrase) for phrase in found] == [
        "Red bikes",
        "bikes",
        "two-wheeled friends",
        "cheap",
        "fast",
        "new line",
    ]


def test_the_forms_of_a_russian_phrase_are_one() -> None:
    found = arrays_of("Ночная съёмка на телефон", RUSSIAN)
    counted = dict(zip(found["phrases"].tolist(), found["counts"].tolist(), strict=True))

    assert counted["Ночная съёмка"] == 4
    assert counted["светосильная камера"] == 3
    assert {"Ночная съёмка", "светосильная камера"} <= set(found["phrases"][:5].tolist())


def test_the_forms_of_an_english_phrase_are_one() -> None:
    text = "A fast camera is best. Fast cameras are heavy. With fast cameras you see more."
    found = arrays_of("The fast camera", text)

    assert found["phrases"][0] == "fast camera"
    assert (found["counts"][0].item(), found["in_title"][0].item()) == (4, True)


def test_links_addresses_and_numbers_are_no_phrases() -> None:
    joined = " ".join(arrays_of("Ночная съёмка", RUSSIAN)["phrases"]).lower()

    assert not any(word in joined for word in ("example", "http", "900", "0:00", "@"))
    assert "штатив" in joined


def test_long_runs_are_cut_to_their_weightiest_words() -> None:
    found = arrays_of("alpha beta gamma delta epsilon zeta eta theta iota")

    assert [len(phrase.split()) for phrase in found["phrases"]] == [PHRASE_WORDS_MAX]


@pytest.mark.parametrize(
    ("title", "description", "reason"),
    [
        (None, None, EmptyReason.NO_TEXT),
        (" \u200b", "https://example.com", EmptyReason.NO_TEXT),
        ("How to be", "это не так 2024 🎥", EmptyReason.NOTHING_DETECTED),
    ],
)
def test_texts_without_a_phrase_are_empty(
    title: str | None, description: str | None, reason: EmptyReason
) -> None:
    found = measured(COMPONENT, texts(title=title, description=description))

    assert (found.empty_reason, found.notes) == (reason, ())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_give_printable_phrases_or_none(name: str) -> None:
    found = measured(COMPONENT, texts(title=HOSTILE[name], description=HOSTILE[name]))

    assert not found.notes
    for phrase in found.arrays.get("phrases", ()):
        assert phrase.isprintable()


@given(
    st.lists(
        st.sampled_from(["ночь", "камера", "и", "the", "lens,", ".", "свет", "4K"]), max_size=60
    )
)
def test_phrases_fall_in_weight_and_differ(listed: list[str]) -> None:
    found = measured(COMPONENT, texts(description=" ".join(listed)))

    if found.empty_reason is None:
        scores, phrases = found.arrays["scores"], found.arrays["phrases"]
        assert (scores[:-1] >= scores[1:]).all()
        assert len(set(phrases)) == len(phrases) <= PHRASES_MAX
        assert found.arrays["counts"].sum() <= len(listed)


@given(st.text(max_size=300))
def test_any_text_is_measured_or_empty(text: str) -> None:
    measured(COMPONENT, texts(title=text, description=text[::-1]))
