"""entities: names that stand in Russian texts are found where they stand, and none elsewhere."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of

from adapters.components.text.entities import COMPONENT
from adapters.components.text.named import NameKind, best_tags, sentences
from adapters.components.text.word_keys import name_key
from adapters.components.text.word_shapes import SHAPES, shape_of
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.served import Ask
from tests.components.texts import HOSTILE, texts

NEWS = (
    "Компания Яндекс представила в Москве новый сервис, сообщил Иван Петров."
    " В Берлине Ангела Меркель встретилась с директором Газпрома."
)
NAMED = [
    ("organisation", "Яндекс"),
    ("place", "Москве"),
    ("person", "Иван Петров"),
    ("place", "Берлине"),
    ("person", "Ангела Меркель"),
    ("organisation", "Газпрома"),
]
LABELLED = [
    ("Интервью с Юрием Дудём в Санкт-Петербурге", ["person", "place"]),
    ("Как Илон Маск построил компанию Тесла", ["person", "organisation"]),
    ("Путешествие по Японии: Токио и Киото за неделю", ["place", "place", "place"]),
    ("Лекция профессора Сергея Попова о космосе", ["person"]),
]
NOBODY = [
    "Как приготовить вкусный суп за десять минут",
    "Пять упражнений для здоровой спины",
    "Обзор новой камеры и советы новичкам",
]


def named(asked: Ask, text: str) -> list[tuple[str, str]]:
    found = asked(COMPONENT, texts(title=text)).arrays
    spans = found["mention_spans"].tolist()
    return [
        (str(kind), text[start:end])
        for kind, (start, end) in zip(found["mention_kinds"], spans, strict=True)
    ]


def test_names_in_news_are_found_where_they_stand(asked: Ask) -> None:
    assert named(asked, NEWS) == NAMED


@pytest.mark.parametrize(("text", "kinds"), LABELLED)
def test_names_in_titles_are_found(asked: Ask, text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in named(asked, text)] == kinds


@pytest.mark.parametrize("text", NOBODY)
def test_a_text_that_names_nobody_has_no_names(asked: Ask, text: str) -> None:
    found = asked(COMPONENT, texts(title=text))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def test_a_name_in_another_case_is_the_same_name(asked: Ask) -> None:
    text = "Иван Петров приехал в Москву. Мы говорили с Иваном Петровым о Москве."
    found = asked(COMPONENT, texts(description=text)).arrays

    assert found["person_count"] == found["place_count"] == 2
    assert found["different_person_count"] == found["different_place_count"] == 1
    assert found["organisation_count"] == 0
    assert found["per_100_words"] == pytest.approx(100 * 4 / 12)
    assert found["mention_texts"].tolist() == ["description"] * 4


def test_no_name_is_kept(asked: Ask) -> None:
    """R-703: what is named stays in the text; the artifact has kinds, places and counts."""
    found: Arrays = asked(COMPONENT, texts(title=NEWS)).arrays
    told = " ".join(str(each) for array in found.values() for each in np.ravel(array))
    assert not any(name in told for _, name in NAMED)


def test_what_is_not_russian_is_not_read() -> None:
    for text in ("Angela Merkel in Berlin", "Володимир Зеленський у Києві є"):
        found = COMPONENT.measure(texts(title=text))
        assert found.empty_reason is EmptyReason.NO_TEXT


def test_without_words_it_is_empty() -> None:
    assert COMPONENT.measure(texts()).empty_reason is EmptyReason.NO_TEXT
    found = COMPONENT.measure(texts(title="100% 🔥"))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.parametrize("name", HOSTILE)
def test_texts_that_try_to_break_it_are_read_to_the_end(asked: Ask, name: str) -> None:
    found = asked(COMPONENT, texts(title=HOSTILE[name], description="Иван Петров в Москве"))
    assert found.arrays["person_count"] >= 1


@settings(deadline=None)
@given(st.data())
def test_no_row_of_tags_is_better_than_the_best(data: st.DataObject) -> None:
    scores = st.floats(-9, 9, width=32)
    fits = data.draw(
        arrays_of.arrays(np.float32, (data.draw(st.integers(1, 4)), 3), elements=scores)
    )
    follows = data.draw(arrays_of.arrays(np.float32, (3, 3), elements=scores))

    def total(tags: tuple[int, ...]) -> float:
        steps = sum(float(follows[a, b]) for a, b in itertools.pairwise(tags))
        return steps + sum(float(fits[at, tag]) for at, tag in enumerate(tags))

    best = max(map(total, itertools.product(range(3), repeat=len(fits))))
    assert total(tuple(best_tags(fits, follows))) == pytest.approx(best, abs=1e-9)


@given(st.text(max_size=200))
def test_sentences_hold_every_sign_that_is_no_space_once(text: str) -> None:
    listed = [word for sentence in sentences(text) for word in sentence]

    assert all(text[word.start : word.end] == word.text for word in listed)
    assert all(a.end <= b.start for a, b in itertools.pairwise(listed))
    assert all(0 < shape_of(word.text) < SHAPES for word in listed)
    assert all(name_key(word.text) >= 0 for word in listed)


def test_shapes_are_told_by_letters_and_capitals() -> None:
    """Numbers of the vocabulary that the model was published with."""
    shapes = {"я": 2, "Я": 1, "СИЗО-6": 3, "кот": 4, "Москва": 5, "Санкт-Петербург": 6, "аБв": 7}
    shapes |= {"YouTube": 14, "Max": 12, "!": 15, "-": 43, "…": 62, "?!": 63, "2024": 64, "视": 65}
    assert {word: shape_of(word) for word in shapes} == shapes
    assert SHAPES == 66
    assert len(NameKind) == 3
