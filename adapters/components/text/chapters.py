"""Time codes in a description, and whether YouTube will make chapters of them.

Rules by YouTube's help on video chapters: the first at 0:00, at least three, rising, each at least
10 seconds long.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import regex

CHAPTERS_MIN = 3
CHAPTER_MIN_S = 10.0

_LIST_MIN = 2
_CODE = regex.compile(
    r"(?<![\w:.,/-])(?:(?P<h>[0-9]{1,2}):(?P<m>[0-5][0-9])|(?P<m>[0-9]{1,3})):(?P<s>[0-5][0-9])"
    r"(?![\w:]|[.,][0-9])"
)
_BULLET = r"[\s\p{P}\p{S}--#]*+"
_AT_START = regex.compile(rf"(?V1)^{_BULLET}$")


class ChapterProblem(StrEnum):
    """Why a list of time codes gives no chapters; `none` when it does."""

    NONE = "none"
    NO_LIST = "no_list"
    NOT_FROM_ZERO = "not_from_zero"
    NOT_RISING = "not_rising"
    TOO_SHORT = "too_short"
    FEWER_THAN_THREE = "fewer_than_three"
    BEYOND_END = "beyond_end"


@dataclass(frozen=True, slots=True)
class Chapters:
    """Where the chapters start, in seconds, and what is wrong with them when there are none."""

    starts_s: tuple[float, ...]
    problem: ChapterProblem


def time_codes(text: str) -> list[float]:
    """Every time code of a text in seconds, in order: `1:05`, `01:05`, `1:02:03`."""
    return [_seconds(match) for match in _CODE.finditer(text)]


def without_time_codes(text: str) -> str:
    """The text with its time codes taken out."""
    return str(_CODE.sub(" ", text))


def chapters(text: str, *, duration_s: float) -> Chapters:
    """The chapters that YouTube makes of a description of a video of `duration_s`."""
    starts = [start for line in text.split("\n") for start in _listed(line)]
    problem = _problem(starts, duration_s)
    return Chapters(tuple(starts) if problem is ChapterProblem.NONE else (), problem)


def _problem(starts: list[float], duration_s: float) -> ChapterProblem:
    lengths = [b - a for a, b in pairwise([*starts, duration_s])]
    rules = (
        (len(starts) < _LIST_MIN, ChapterProblem.NO_LIST),
        (starts[:1] != [0.0], ChapterProblem.NOT_FROM_ZERO),
        (any(length <= 0 for length in lengths[:-1]), ChapterProblem.NOT_RISING),
        (len(starts) < CHAPTERS_MIN, ChapterProblem.FEWER_THAN_THREE),
        (lengths[-1:] < [0.0], ChapterProblem.BEYOND_END),
        (any(length < CHAPTER_MIN_S for length in lengths), ChapterProblem.TOO_SHORT),
    )
    return next((problem for broken, problem in rules if broken), ChapterProblem.NONE)


def _listed(line: str) -> list[float]:
    """The time code that a line of a list begins or ends with, when a name stands beside it."""
    found = list(_CODE.finditer(line))
    if not found:
        return []
    first, last = found[0], found[-1]
    for code, before, after in (
        (first, line[: first.start()], line[first.end() :]),
        (last, line[last.end() :], line[: last.start()]),
    ):
        if _AT_START.match(before) and any(letter.isalnum() for letter in after):
            return [_seconds(code)]
    return []


def _seconds(match: "regex.Match[str]") -> float:
    return float(int(match["h"] or 0) * 3600 + int(match["m"]) * 60 + int(match["s"]))
