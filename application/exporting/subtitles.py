"""Spoken words as subtitles in SubRip's form (SRT).

A component has words when it has the arrays `words` and `word_bounds_s` (n, 2), of one length;
where words may not be kept (R-703), there are bounds alone. Lines are broken at pauses and before
they grow too long to be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from application.ports.components import Arrays

WORDS = ("words", "word_bounds_s")
LINE_CHARACTERS_MAX = 42
LINE_S_MAX = 7.0
PAUSE_S = 0.8
"""A silence of so long ends a line. The other two are the usual limits of subtitles for reading."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word and when it is spoken, in seconds of the video."""

    text: str
    start_s: float
    end_s: float


def words_of(arrays: Arrays) -> Sequence[Word] | None:
    """The words of an artifact, in the order they are spoken; None where none are kept."""
    if not all(name in arrays for name in WORDS):
        return None
    texts, bounds_s = (arrays[name] for name in WORDS)
    if not len(texts):
        return None
    words = [
        Word(str(text), float(start_s), float(end_s))
        for text, (start_s, end_s) in zip(texts, bounds_s, strict=True)
    ]
    return sorted(words, key=lambda word: word.start_s)


def subtitles(words: Sequence[Word]) -> Iterator[bytes]:
    """One numbered block a line, as players read them."""
    for number, line in enumerate(_lines(words), start=1):
        # A block ends at an empty line, and an arrow is its mark of time: no word holds either.
        text = " ".join(" ".join(word.text.split()).replace("-->", "→") for word in line)
        times = f"{_time(line[0].start_s)} --> {_time(max(word.end_s for word in line))}"
        yield f"{number}\n{times}\n{text}\n\n".encode(errors="replace")


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    line: list[Word] = []
    for word in words:
        if line and _is_full(line, word):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _is_full(line: Sequence[Word], word: Word) -> bool:
    characters = sum(len(one.text) + 1 for one in line) + len(word.text)
    is_long = characters > LINE_CHARACTERS_MAX or word.end_s - line[0].start_s > LINE_S_MAX
    return is_long or word.start_s - line[-1].end_s >= PAUSE_S


def _time(seconds: float) -> str:
    """`hh:mm:ss,mmm`"""
    ms = max(0, round(1000 * seconds))
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"
