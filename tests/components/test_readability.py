"""readability against texts whose syllables and sentences were counted by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.text import syllables
from adapters.components.text.lexical_diversity import mtld, root_ttr
from adapters.components.text.readability import COMPONENT
from adapters.components.text.text_language import TextLanguage, language_of
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.inputs import measured
from tests.components.texts import HOSTILE, texts

# 24 words in 3 sentences. Syllables: 1+1+1+1+1+1+1 / 1+2+1+1+1+1+2+1 / 2+1+1+3+1+1+1+1+2 = 30.
ENGLISH = (
    "The cat sat on the old chair. The yellow dog ran past him slowly home. "
    "Nobody else at the beautiful lake was there today."
)
ENGLISH_SYLLABLES = (1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 3, 1, 1, 1, 3, 1, 1, 1, 2)

# 21 words in 3 sentences; in Russian every vowel is a syllable.
RUSSIAN = (
    "Мама мыла белую раму. Кошка тихо спала на старом диване у окна. "
    "А вечером мы все вместе пили чай и смотрели кино."
)
RUSSIAN_SYLLABLES = (2, 2, 3, 2, 2, 2, 2, 1, 2, 3, 1, 2, 1, 3, 1, 1, 2, 2, 1, 1, 3, 2)

LABELLED = """
    the 1 video 3 camera 3 create 2 science 2 table 2 people 2 makes 1 boxes 2 watches 2 wanted 2
    played 1 lovely 2 something 2 movement 2 studio 3 being 2 actual 3 situation 4 question 2
    television 4 million 2 serious 3 famous 2 idea 3 media 3 special 2 beautiful 3 photography 4
    quiet 2 poem 2 queen 1 language 2 quality 3 evening 2 subscribe 2 description 3 lenses 2
    value 2 tree 1 coffee 2 he 1 family 3 different 3 information 4 technology 4 university 5
    apple 2 called 1 ideas 3 going 2 previous 3 client 2 experience 4 material 4 houses 2 every 2
    reality 4 creative 3 today 2 quick 1 building 2 hour 1 flower 2 tables 2 friend 1 hello 2
"""


def arrays_of(text: str, *, language: str | None = None) -> Arrays:
    found = measured(COMPONENT, texts(description=text, language=language))
    assert found.empty_reason is None
    return found.arrays


def test_an_english_text_has_the_ease_of_the_formula() -> None:
    found = arrays_of(ENGLISH)
    mean_syllables = sum(ENGLISH_SYLLABLES) / 24

    assert found["language"] == "en"
    assert (found["words"].item(), found["sentences"].item()) == (24, 3)
    assert found["longest_sentence_words"] == 9
    assert found["mean_word_syllables"] == pytest.approx(mean_syllables)
    assert found["reading_ease"] == pytest.approx(206.835 - 1.015 * 8 - 84.6 * mean_syllables)


def test_a_russian_text_has_the_ease_of_the_formula() -> None:
    found = arrays_of(RUSSIAN)
    mean_syllables = sum(RUSSIAN_SYLLABLES) / 22

    assert found["language"] == "ru"
    assert (found["words"].item(), found["sentences"].item()) == (22, 3)
    assert found["mean_word_syllables"] == pytest.approx(mean_syllables)
    assert found["reading_ease"] == pytest.approx(206.835 - 1.3 * 22 / 3 - 60.1 * mean_syllables)
    assert found["lix"] == pytest.approx(22 / 3 + 100 * 2 / 22)


def test_hard_text_ranks_below_easy_text() -> None:
    hard = (
        "Осуществление технологического сопровождения высокопроизводительных вычислительных "
        "комплексов предусматривает систематическое совершенствование организационных механизмов, "
        "обеспечивающих последовательное и непротиворечивое функционирование инфраструктуры, "
        "включая мероприятия по предотвращению непредвиденных обстоятельств."
    )

    assert arrays_of(hard)["reading_ease"] < arrays_of(RUSSIAN)["reading_ease"] - 100
    assert arrays_of(hard)["lix"] > arrays_of(RUSSIAN)["lix"] + 30


def test_english_syllables_are_those_that_are_said() -> None:
    listed = LABELLED.split()
    said = {word: int(count) for word, count in zip(listed[::2], listed[1::2], strict=True)}

    assert {word: syllables.english(word) for word in said} == said


def test_russian_syllables_are_its_vowels() -> None:
    assert [syllables.russian(w) for w in ("в", "я", "ёлка", "видеокамера")] == [0, 1, 2, 6]


def test_mtld_and_root_ttr_follow_their_papers() -> None:
    # One word over and over: the ratio falls to 0.5 at every second word.
    assert mtld(["a"] * 60) == pytest.approx(2.0)
    # Two words in turn: 2/3 at every third word.
    assert mtld(["a", "b"] * 30) == pytest.approx(3.0)
    # Four factors each way; what is left over at the end is varied and counts nothing.
    assert mtld(["a", "b", "a"] * 4 + ["a"]) == pytest.approx(13 / 4)
    # 3 different of 4: (1 - 0.75) / (1 - 0.72) of a factor.
    assert mtld(["a", "b", "c", "a"]) == pytest.approx(4 * 0.28 / 0.25)
    assert np.isnan(mtld([str(i) for i in range(60)]))
    assert root_ttr(["a", "b", "a", "c"]) == pytest.approx(3 / 2)


def test_variety_of_words_needs_fifty_of_them() -> None:
    assert not arrays_of(ENGLISH)["mtld_known"]
    assert arrays_of(f"{ENGLISH} {ENGLISH} {ENGLISH}")["mtld_known"]


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (ENGLISH, None, TextLanguage.ENGLISH),
        (RUSSIAN, None, TextLanguage.RUSSIAN),
        (RUSSIAN, "en", TextLanguage.RUSSIAN),
        ("Wir gehen heute in den Wald und nehmen das Rad mit", None, TextLanguage.OTHER),
        ("Сьогодні ми підемо до лісу і візьмемо велосипед", "ru", TextLanguage.OTHER),
        ("Днес ще отидем в гората и ще вземем със себе си колелото", "ru", TextLanguage.OTHER),
        ("А где вы купили этот объектив и сколько он стоит?", None, TextLanguage.RUSSIAN),
        ("Fujifilm Canon Nikon Sony", None, TextLanguage.OTHER),
        ("Fujifilm Canon Nikon Sony", "en-GB", TextLanguage.ENGLISH),
        ("今日は森へ行きます", "ja", TextLanguage.OTHER),
    ],
)
def test_the_language_is_told_by_letters_and_frequent_words(
    text: str, declared: str | None, expected: TextLanguage
) -> None:
    assert language_of(text, declared=declared) is expected


def test_another_language_has_lengths_but_no_ease() -> None:
    found = arrays_of("Wir gehen heute in den Wald und nehmen das Rad mit. " * 3)

    assert (found["language"].item(), found["words"].item()) == ("other", 33)
    assert not found["reading_ease_known"]
    assert np.isnan(found["reading_ease"])


def test_links_and_time_codes_are_not_read() -> None:
    noisy = f"https://example.com/some/long/path\n0:00 {ENGLISH}\nme@example.com"

    assert arrays_of(noisy)["words"] == 24


def test_no_text_and_little_text_are_empty_with_a_reason() -> None:
    nothing = measured(COMPONENT, texts(title=None, description="https://example.com"))
    little = measured(COMPONENT, texts(title="Only a short title"))

    assert nothing.empty_reason is EmptyReason.NO_TEXT
    assert little.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL
    assert little.notes == ("4 words",)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_measured_or_empty(name: str) -> None:
    found = measured(COMPONENT, texts(title=HOSTILE[name], description=HOSTILE[name]))

    assert all(HOSTILE[name][:8] not in note for note in found.notes)


@given(st.lists(st.sampled_from(RUSSIAN.split()), min_size=30, max_size=80))
def test_a_text_twice_over_reads_as_easily(listed: list[str]) -> None:
    text = " ".join(listed) + ".\n"

    assert arrays_of(text)["lix"] == pytest.approx(arrays_of(text * 2)["lix"])


@given(st.text(max_size=400))
def test_any_text_is_measured_or_empty(text: str) -> None:
    measured(COMPONENT, texts(description=text))
