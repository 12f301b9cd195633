"""Marker lists against titles labelled by hand, in both languages."""

from collections import Counter

import pytest

from adapters.components.text.markers import Marker, find, phrases

Q, N, S = Marker.QUESTION_WORD, Marker.NUMBER_WORD, Marker.SUPERLATIVE
B, C, F = Marker.CLICKBAIT, Marker.CALL_TO_ACTION, Marker.FILLER

LABELLED: tuple[tuple[str, tuple[Marker, ...]], ...] = (
    ("How I film at night", (Q,)),
    ("How to fix a bike, and why it matters", (Q,)),
    ("I know why you are here", ()),
    ("Is this phone worth it? Should you buy one", (Q, Q)),
    ("The 7 best cameras for travel", (S,)),
    ("Seven cameras, three lenses", (N, N)),
    ("Most people get this wrong", (S,)),
    ("Most of my day in Kazan", ()),
    ("At least ten minutes", (N,)),
    ("You won't believe what happened next", (B, B)),
    ("You Won’t BELIEVE this view", (B,)),
    ("The truth about cheap tripods", (B,)),
    ("The secretary of the garden club", ()),
    ("A quiet walk in the forest", ()),
    ("My test of the western highway", ()),
    ("Subscribe and hit the bell", (C, C)),
    ("Basically a normal day, you know", (F, F)),
    ("Restoring a 1961 radio", ()),
    ("Почему небо синее", (Q,)),
    ("Понял, почему небо синее", ()),
    ("Как собрать стол: что нужно знать", (Q, Q)),
    ("Стоит ли ехать в Суздаль", (Q,)),
    ("10 лучших мест Карелии", (S,)),
    ("ТОП-5 ошибок новичка", (S,)),
    ("Самый дешёвый велосипед", (S,)),
    ("Крупнейшая река Сибири", (S,)),
    ("Дальнейшие шаги", ()),
    ("На самом деле всё просто", ()),
    ("То же самое, но дома", ()),
    ("Пять способов сварить кофе", (N,)),
    ("Вы не поверите, что случилось дальше", (B, B)),
    ("ШОК! Вся правда о штативах", (B, B)),
    ("Секретарь садового клуба", ()),
    ("Тихая прогулка по лесу", ()),
    ("Обзор подписки на кино", ()),
    ("Подпишись и ставь лайк", (C, C)),
    ("Подписывайтесь, ссылка в описании", (C, C)),
    ("Реставрация радио 1961 года", ()),
    ("Ну короче, обычный день", (F, F)),
    ("Шахматный дебют за чёрных", ()),
)


@pytest.mark.parametrize(("title", "expected"), LABELLED)
def test_a_title_holds_the_markers_that_a_person_sees(
    title: str, expected: tuple[Marker, ...]
) -> None:
    assert Counter(found.kind for found in find(title)) == Counter(expected)


@pytest.mark.parametrize(
    "disguised",
    ["𝗦𝗛𝗢𝗖𝗞𝗜𝗡𝗚", "ＳＨＯＣＫＩＮＧ", "sho\u200bcking", "s\u0301hocking", "sho\u202ecking"],
)
def test_a_marker_is_found_behind_ornament_and_invisible_signs(disguised: str) -> None:
    assert [found.kind for found in find(disguised)] == [Marker.CLICKBAIT]


def test_yo_and_ye_are_one_letter() -> None:
    assert len(find("О чём молчат врачи")) == len(find("О чем молчат врачи")) == 1


@pytest.mark.parametrize("kind", Marker)
def test_every_phrase_of_a_list_is_found_by_itself(kind: Marker) -> None:
    for phrase in phrases(kind):
        assert find(phrase.replace("*", ""), (kind,)), phrase
