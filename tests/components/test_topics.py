"""topics: titles whose subject is known find it, in Russian and in English; nonsense finds none."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.text import text_embedding
from adapters.components.text.pieces import Pieces
from adapters.components.text.sentence_vectors import vectors_of
from adapters.components.text.taxonomy import CODES, EXAMPLES, EXAMPLES_EACH, SUBJECTS
from adapters.components.text.topics import CLEAR_MIN, COMPONENT, likeness_to, scored
from application.ports.components import Arrays
from application.ports.inference import Inference
from tests.components.served import Ask, needing
from tests.components.texts import texts

KNOWN = [
    ("Борщ по бабушкиному рецепту", "cooking"),
    ("Easy chocolate brownies in 20 minutes", "cooking"),
    ("Реал Мадрид — Барселона 3:1, лучшие моменты", "sport"),
    ("Champions League final: all goals", "sport"),
    ("Неделя в Стамбуле: цены, еда, жильё", "travel"),
    ("Ten days in Iceland by camper van", "travel"),
    ("iPhone 15 против Galaxy S24: какой телефон лучше", "technology"),
    ("The best budget laptop for students", "technology"),
    ("Как накрасить глаза за пять минут", "beauty"),
    ("My winter skincare routine", "beauty"),
    ("Мой кот боится пылесоса", "animals"),
    ("Puppy meets kitten for the first time", "animals"),
    ("Тест-драйв нового внедорожника", "cars"),
    ("Why this engine failed after 50,000 km", "cars"),
    ("Куда вложить деньги в этом году", "money"),
    ("How I started a business with no capital", "money"),
    ("Что происходит внутри чёрной дыры", "science"),
    ("How quantum mechanics works", "science"),
    ("Играю на фортепиано: Шопен, ноктюрн", "music"),
    ("Acoustic guitar cover of a famous song", "music"),
    ("Зарядка на 15 минут для всего тела", "fitness"),
    ("Yoga for a stiff back", "fitness"),
    ("Прохождение новой игры: босс и концовка", "games"),
    ("Building a castle in survival mode, Minecraft", "games"),
    ("Как нарисовать дерево карандашом", "art"),
    ("Watercolour landscape step by step", "art"),
    ("Гибель Римской империи", "history"),
    ("How the Second World War began", "history"),
    ("Президент встретился с министром обороны", "news"),
    ("Parliament votes on the new election law", "news"),
]
RIGHT_SHARE_MIN = 0.8


def about(asked: Ask, title: str) -> Arrays:
    inputs = texts(title=title)
    embedded = asked(text_embedding.COMPONENT, inputs).arrays
    return asked(COMPONENT, replace(inputs, artifacts={"text_embedding": embedded})).arrays


def test_most_titles_of_a_known_subject_find_it(served: Inference) -> None:
    needing(*COMPONENT.spec.models)
    pieces = Pieces.served(served)
    titles, codes = zip(*KNOWN, strict=True)
    nearness = likeness_to(vectors_of(served, pieces, titles), vectors_of(served, pieces, EXAMPLES))
    ranked = [[CODES[at] for at in np.argsort(-row)] for row in nearness]
    wrong = [
        (title, found[0])
        for (title, code), found in zip(KNOWN, ranked, strict=True)
        if found[0] != code
    ]

    assert len(wrong) <= (1 - RIGHT_SHARE_MIN) * len(KNOWN), wrong
    assert np.mean([code in found[:3] for code, found in zip(codes, ranked, strict=True)]) >= 0.93
    assert np.mean(nearness.max(axis=1) >= CLEAR_MIN) >= 0.8


def test_a_subject_in_so_many_words_is_clear(asked: Ask) -> None:
    for title, code in (("Рецепт вкусного супа", "cooking"), ("Car review and test drive", "cars")):
        found = about(asked, title)
        assert found["topic"] == code
        assert found["is_clear"]
        assert found["score"] > 0.5
        assert found["entropy"] < 0.6


def test_nonsense_is_about_nothing_clear(asked: Ask) -> None:
    for title in ("qwertz asdf yxcv", "ывапр олдж эхъ", "Lorem ipsum dolor sit amet"):
        found = about(asked, title)
        assert not found["is_clear"]
        assert found["entropy"] > 0.6


def test_each_text_has_a_subject_and_the_title_counts_twice(asked: Ask) -> None:
    inputs = texts(title="Рецепт вкусного супа", description="Car test drive and review")
    embedded = asked(text_embedding.COMPONENT, inputs).arrays
    found = asked(COMPONENT, replace(inputs, artifacts={"text_embedding": embedded})).arrays

    assert found["labels"].tolist() == ["title", "description"]
    assert found["text_topics"].tolist() == ["cooking", "cars"]
    assert found["topics"].tolist()[:2] == ["cooking", "cars"]


@given(st.lists(st.floats(-1, 1), min_size=len(CODES), max_size=len(CODES)))
def test_scores_sum_to_one_and_rank_as_nearness_does(nearness: list[float]) -> None:
    scores = scored(np.array(nearness))

    assert scores.sum() == pytest.approx(1.0)
    assert nearness[int(scores.argmax())] == pytest.approx(max(nearness))


def test_nearness_is_the_mean_of_the_two_nearest_examples() -> None:
    examples = np.zeros((EXAMPLES_EACH * 2, 4), dtype=np.float32)
    examples[:4] = np.eye(4)
    examples[4:, 1] = 1
    text = np.array([[0.6, 0.8, 0, 0]], dtype=np.float32)

    np.testing.assert_allclose(likeness_to(text, examples), [[0.7, 0.8]], atol=1e-6)


def test_every_subject_has_as_many_examples_in_both_languages() -> None:
    assert len(set(CODES)) == len(CODES)
    assert len(EXAMPLES) == EXAMPLES_EACH * len(SUBJECTS)
    for subject in SUBJECTS:
        russian = [any("а" <= sign.lower() <= "я" for sign in each) for each in subject.examples]
        assert russian == [False, True, False, True]
