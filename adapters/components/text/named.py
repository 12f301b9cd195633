"""Names in Russian text: what the served reader of names finds, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import regex
from numpy.typing import NDArray

from adapters.components.text.word_keys import name_key
from adapters.components.text.word_shapes import shape_of
from application.ports.inference import Inference

MODEL = "slovnet_ner"
SENTENCE_WORDS_MAX = 60

_TOKEN = regex.compile(r"[\p{L}\p{N}\p{M}]+(?:[-\u2010\u2011][\p{L}\p{N}\p{M}]+)*|[.?!…]+|[^\s]")
_ENDS = frozenset(".?!…")
_BEGINS = (2, 4, 6)
"""Tags are none, outside, then for each kind one that begins a name and one that goes on."""
_SENTENCES_A_CALL = 16
_NONE = -1


class NameKind(StrEnum):
    """What a name is of, in the order of the model's tags."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign, and where it stands in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: its kind, its words, and where it starts and ends."""

    kind: NameKind
    words: tuple[str, ...]
    start: int
    end: int


def names_in(inference: Inference, text: str) -> list[Name]:
    """The names of a text in order. Raises what `infer` raises."""
    listed = list(sentences(text))
    order = np.argsort([len(sentence) for sentence in listed], kind="stable").tolist()
    tags: dict[int, list[int]] = {}
    for start in range(0, len(order), _SENTENCES_A_CALL):
        chosen = order[start : start + _SENTENCES_A_CALL]
        found = _tagged(inference, [listed[at] for at in chosen])
        tags.update(zip(chosen, found, strict=True))
    return [name for at, words in enumerate(listed) for name in _joined(words, tags[at])]


def sentences(text: str) -> Iterator[list[Word]]:
    """Words and signs, divided where a sentence or a line ends, or where it never does."""
    for line in regex.finditer(r"[^\n]+", text):
        found: list[Word] = []
        for match in _TOKEN.finditer(text, line.start(), line.end()):
            found.append(Word(match.group(), match.start(), match.end()))
            if match.group()[0] in _ENDS or len(found) >= SENTENCE_WORDS_MAX:
                yield found
                found = []
        if found:
            yield found


def best_tags(fits: NDArray[np.float32], follows: NDArray[np.float32]) -> list[int]:
    """The row of tags whose fits and transitions are greatest in sum (Viterbi 1967)."""
    score, came = fits[0].astype(np.float64), []
    for row in fits[1:].astype(np.float64):
        ways = score[:, None] + follows + row[None, :]
        came.append(ways.argmax(axis=0))
        score = ways.max(axis=0)
    tags = [int(score.argmax())]
    for before in reversed(came):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]


def _tagged(inference: Inference, listed: Sequence[list[Word]]) -> list[list[int]]:
    width = max(map(len, listed))
    words = np.full((len(listed), width), _NONE, dtype=np.int64)
    shapes = np.zeros_like(words)
    for at, sentence in enumerate(listed):
        words[at, : len(sentence)] = [name_key(word.text) for word in sentence]
        shapes[at, : len(sentence)] = [shape_of(word.text) for word in sentence]
    answer = inference.infer(MODEL, {"words": words, "shapes": shapes})
    rows = zip(listed, answer["fits"], answer["follows"], strict=True)
    return [best_tags(fits[: len(sentence)], follows) for sentence, fits, follows in rows]


def _joined(words: list[Word], tags: list[int]) -> Iterator[Name]:
    """Words that begin a name with those that go on with it; one that only goes on begins it."""
    found: list[Word] = []
    kind = _NONE
    for word, tag in zip([*words, None], [*tags, _NONE], strict=True):
        if found and (word is None or tag != kind + 1):
            yield Name(
                list(NameKind)[kind // 2 - 1],
                tuple(each.text for each in found),
                found[0].start,
                found[-1].end,
            )
            found = []
        if word is not None and tag >= _BEGINS[0]:
            found.append(word)
            kind = tag - tag % 2
