"""How far a transcript is from what was said, and a reading from what was written."""

import regex

_WORD = regex.compile(r"[\p{L}\p{N}']+")


def word_error_rate(said: str, heard: str) -> float:
    """Words to change, leave out and put in, as a share of those said, by Levenshtein's distance.

    Signs and capitals do not count.
    """
    return _distance(_words(said), _words(heard))


def character_error_rate(written: str, read: str) -> float:
    """Characters to change, leave out and put in, as a share of those written; runs of space are
    one space."""
    return _distance(list(" ".join(written.split())), list(" ".join(read.split())))


def _distance(wanted: list[str], found: list[str]) -> float:
    row = list(range(len(found) + 1))
    for at, word in enumerate(wanted, start=1):
        before, row[0] = row[0], at
        for to, other in enumerate(found, start=1):
            changed = before + (word != other)
            before = row[to]
            row[to] = min(changed, row[to] + 1, row[to - 1] + 1)
    return row[-1] / len(wanted)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))
