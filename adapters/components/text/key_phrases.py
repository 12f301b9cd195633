"""key_phrases: what title and description are about, in their own words.

RAKE over stems (Snowball, Porter 2001), so that the forms of a Russian word count as one. The
phrases are the user's own text: they stay in the artifact and are never noted or logged (R-706).
The transcript joins the texts when `speech_transcript` exists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from adapters.components.listing import column
from adapters.components.text import chapters, rake, signs, stop_words, words
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality
from domain.schema import ArtifactSchema, DType, Label, Unit

SPEC = ComponentSpec(
    name="key_phrases",
    modality=Modality.TEXT,
    producer_version="1",
    schema_version="1",
    reads_metadata=("title", "description"),
    cost=Cost.CHARACTERS,
    memory_mib=100,
)

PHRASES_MAX = 20
PHRASE_WORDS_MAX = 4
WORD_CHARACTERS_MAX = 40
_SINGLE_LETTERS_MIN = 3

SCHEMA = ArtifactSchema(
    component="key_phrases",
    version="1",
    label=Label("Key phrases", "Ключевые фразы"),
    meaning=Label(
        "What title and description are about, found without a model: read it as a sketch",
        "О чём заголовок и описание; найдено без модели, поэтому это набросок",
    ),
    arrays=(
        column(
            "phrases",
            "phrases",
            ("Phrase", "Фраза"),
            ("As it is first written", "Как написана впервые"),
            dtype=DType.TEXT,
        ),
        column(
            "scores",
            "phrases",
            ("Weight", "Вес"),
            (
                "By RAKE: words that often stand with others weigh more",
                "По RAKE: слова, которые часто стоят рядом с другими, весят больше",
            ),
        ),
        column(
            "counts",
            "phrases",
            ("Times said", "Сколько раз"),
            ("In any grammatical form", "В любой форме"),
            dtype=DType.INT64,
            unit=Unit.COUNT,
            low=1.0,
        ),
        column(
            "in_title",
            "phrases",
            ("In the title", "В заголовке"),
            ("Whether the title says it", "Есть ли в заголовке"),
            dtype=DType.BOOL,
        ),
    ),
)


@dataclass(slots=True)
class _Entry:
    """One phrase by its stems: how it was first written, how often, and where."""

    written: str
    score: float
    count: int
    in_title: bool


def measure(inputs: Inputs) -> Measurement:
    """Empty without a text, and when it holds nothing but stop words and numbers."""
    title, description = (
        _readable(part) for part in (inputs.metadata.title, inputs.metadata.description)
    )
    if not title and not description:
        return Measurement.empty(EmptyReason.NO_TEXT)
    found = ranked(title, description)
    if not found:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED)
    shown = found[:PHRASES_MAX]
    arrays: dict[str, NDArray[Any]] = {
        "phrases": np.array([entry.written for entry in shown]),
        "scores": np.array([entry.score for entry in shown]),
        "counts": np.array([entry.count for entry in shown], dtype=np.int64),
        "in_title": np.array([entry.in_title for entry in shown]),
    }
    return Measurement(arrays, units=float(len(title) + len(description)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def ranked(title: str, description: str) -> list[_Entry]:
    """Every phrase, the weightiest first; of equals the one said more often, then earlier."""
    placed = [(_phrases(title), True), (_phrases(description), False)]
    scores = rake.word_scores(_stems(phrase) for phrases, _ in placed for phrase in phrases)
    entries: dict[rake.Phrase, _Entry] = {}
    for phrases, in_title in placed:
        for phrase in phrases:
            stems = _stems(phrase)
            kept = rake.best_window(stems, scores, words_max=PHRASE_WORDS_MAX)
            _count(entries, stems[kept], phrase[kept], scores=scores, in_title=in_title)
    return sorted(entries.values(), key=lambda entry: (-entry.score, -entry.count))


def _count(
    entries: dict[rake.Phrase, _Entry],
    stems: rake.Phrase,
    phrase: rake.Phrase,
    *,
    scores: dict[str, float],
    in_title: bool,
) -> None:
    if not _says_something(phrase):
        return
    score = rake.phrase_score(stems, scores)
    entry = entries.setdefault(stems, _Entry(" ".join(phrase), score, 0, in_title))
    entry.count += 1


def _readable(text: str | None) -> str:
    plain = words.visible(text or "")
    return chapters.without_time_codes(signs.without_links(plain)).strip()


def _phrases(text: str) -> list[rake.Phrase]:
    return list(rake.candidates(text, is_stop=_is_stop, words_of=words.words))


def _is_stop(word: str) -> bool:
    """Stop words end a phrase, as does a run of letters too long to be a word."""
    return words.folded(word) in stop_words.ALL or len(word) > WORD_CHARACTERS_MAX


def _says_something(phrase: Sequence[str]) -> bool:
    letters = sum(letter.isalpha() for word in phrase for letter in word)
    return letters >= _SINGLE_LETTERS_MIN


def _stems(phrase: Sequence[str]) -> rake.Phrase:
    return tuple(_stem(word) for word in phrase)


_RUSSIAN = snowballstemmer.stemmer("russian")
_ENGLISH = snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    plain = words.folded(word)
    _, cyrillic, _ = words.script_counts(plain)
    return str((_RUSSIAN if cyrillic else _ENGLISH).stemWord(plain))
