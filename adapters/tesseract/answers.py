"""What the program answers, a table of words with tabs between, brought to one text a line."""

import csv
from dataclasses import dataclass
from io import StringIO

_WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class Read:
    """What one line says and how sure that is, 0 to 1; both empty where nothing was read."""

    text: str = ""
    confidence: float = 0.0


def read_table(table: str, *, count: int) -> list[Read]:
    """The text of each of `count` lines, of which each was a page; words weigh by their length."""
    words: list[list[tuple[str, float]]] = [[] for _ in range(count)]
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] == _WORD_LEVEL and text:
            words[int(row["page_num"]) - 1].append((text, float(row["conf"]) / 100))
    return [_joined(each) for each in words]


def _joined(words: list[tuple[str, float]]) -> Read:
    if not words:
        return Read()
    letters = sum(len(text) for text, _ in words)
    sure = sum(len(text) * confidence for text, confidence in words) / letters
    return Read(" ".join(text for text, _ in words), min(1.0, max(0.0, sure)))
