"""description_style against descriptions counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.text.chapters import ChapterProblem, chapters, time_codes
from adapters.components.text.description_style import COMPONENT
from adapters.components.text.signs import hashtag_count, link_sites, mention_count
from domain.component import EmptyReason
from tests.components.inputs import measured
from tests.components.texts import HOSTILE, texts

ENGLISH = """How I film at night. What would you try?

0:00 Start
1:05 Lenses
3:40 Colour

Gear: https://www.example.com/gear?x=1#top and example.com/more
Subscribe and leave a comment! Thanks to @night_owl
#night #camera 🎥"""

RUSSIAN = """Как я снимаю ночью.

• 00:00 — Начало
• 02:10 — Объективы
• 1:02:03 — Цвет

Подписывайтесь, ссылка в описании: t.me/nightfilm
#ночь #камера"""


def test_an_english_description_is_counted_as_by_hand() -> None:
    inputs = texts(
        title="Film at night", description=ENGLISH, tags=("Night", "Lenses", "sound", "  ")
    )
    found = measured(COMPONENT, inputs).arrays

    assert {name: array.item() for name, array in found.items() if not array.ndim} == {
        "characters": len(ENGLISH),
        "words": 23,
        "lines": 7,
        "links": 2,
        "link_sites": 1,
        "time_codes": 3,
        "chapters": 3,
        "chapter_problem": "none",
        "hashtags": 2,
        "mentions": 1,
        "calls_to_action": 2,
        "emoji": 1,
        "capital_share": pytest.approx(9 / sum(map(str.isalpha, ENGLISH))),
        "tags": 4,
        "tag_characters": 18,
        "tags_in_text_share": pytest.approx(2 / 3),
        "has_question": True,
    }
    assert found["chapter_starts_s"].tolist() == [0, 65, 220]


def test_a_russian_description_is_counted_as_by_hand() -> None:
    found = measured(COMPONENT, texts(description=RUSSIAN, duration_s=3800)).arrays

    assert found["chapter_starts_s"].tolist() == [0, 130, 3723]
    assert (found["links"].item(), found["hashtags"].item()) == (1, 2)
    assert found["calls_to_action"].item() == 2
    assert not found["has_question"]


def test_a_time_of_day_is_no_moment_of_the_video() -> None:
    found = measured(COMPONENT, texts(description="Стрим сегодня в 19:30, разбор на 1:15")).arrays

    assert found["time_codes_s"].tolist() == [75]
    assert found["chapter_problem"] == "no_list"


@pytest.mark.parametrize(
    ("listed", "problem"),
    [
        ("0:00 a\n0:10 b\n0:20 c", ChapterProblem.NONE),
        ("[0:00] a\n- 0:10 b\n* 00:20 c", ChapterProblem.NONE),
        ("a 0:00\nb 0:10\nc 0:20", ChapterProblem.NONE),
        ("", ChapterProblem.NO_LIST),
        ("see 0:10", ChapterProblem.NO_LIST),
        ("0:01 a\n0:20 b\n0:40 c", ChapterProblem.NOT_FROM_ZERO),
        ("0:00 a\n0:40 b\n0:20 c", ChapterProblem.NOT_RISING),
        ("0:00 a\n0:20 b", ChapterProblem.FEWER_THAN_THREE),
        ("0:00 a\n0:09 b\n0:30 c", ChapterProblem.TOO_SHORT),
        ("0:00 a\n0:20 b\n0:55 c", ChapterProblem.TOO_SHORT),
        ("0:00 a\n0:20 b\n1:40 c", ChapterProblem.BEYOND_END),
        ("0:00\n0:20\n0:40", ChapterProblem.NO_LIST),
    ],
)
def test_chapters_follow_the_rules_of_youtube(listed: str, problem: ChapterProblem) -> None:
    found = chapters(listed, duration_s=60.0)

    assert found.problem is problem
    assert len(found.starts_s) == (3 if problem is ChapterProblem.NONE else 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 1:05 and 12:34, then 1:02:03.", [65, 754, 3723]),
        ("75:30", [4530]),
        ("1:5, 1:60, 1:02:60, 1.05, 2024:01", []),
        ("10:30:45:12 and 3:4:5 and x1:05 and 1:05x", []),
        ("12:30.5 and 4:30,5", []),
        ("٠:٣٠", []),
    ],
)
def test_time_codes_are_read_and_nothing_else(text: str, expected: list[float]) -> None:
    assert time_codes(text) == expected


def test_links_hashtags_and_mentions_are_told_apart() -> None:
    text = "https://a.org/#top www.B.ru, c.com. почта x@y.com d.Next @ab @abc #1 #a1 &#39; a#b ##c"

    assert link_sites(text) == ["a.org", "b.ru", "c.com"]
    assert (hashtag_count(text), mention_count(text)) == (1, 1)


@pytest.mark.parametrize("description", [None, "", " \n\t", "\u202e\u200b"])
def test_no_description_is_empty(description: str | None) -> None:
    inputs = texts(title="A title", description=description, tags=("a",))

    assert measured(COMPONENT, inputs).empty_reason is EmptyReason.NO_TEXT


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_descriptions_are_measured_like_others(name: str) -> None:
    assert measured(COMPONENT, texts(description=HOSTILE[name])).arrays["characters"] > 0


@given(
    st.lists(st.integers(1, 30), min_size=2, max_size=20),
    st.sampled_from(["{m}:{s:02} {n}", "({m:02}:{s:02}) {n}", "{n} — {m}:{s:02}"]),
)
def test_chapters_come_back_as_they_were_written(steps: list[int], form: str) -> None:
    starts = [0]
    for step in steps:
        starts.append(starts[-1] + 9 + step)
    text = "\n".join(form.format(m=s // 60, s=s % 60, n=f"part {i}") for i, s in enumerate(starts))

    assert chapters(text, duration_s=starts[-1] + 10.0).starts_s == tuple(starts)


@given(st.text(max_size=300), st.floats(5, 1200))
def test_any_description_keeps_its_moments_within_the_video(text: str, duration_s: float) -> None:
    found = measured(COMPONENT, texts(description=text, duration_s=duration_s))

    if found.empty_reason is None:
        assert (found.arrays["time_codes_s"] <= duration_s).all()
