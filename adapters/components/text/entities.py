"""entities: how often Russian texts name persons, places and organisations, and where.

The names themselves are not kept, only where they stand: R-703 allows raw text of verified owners
alone. Read by slovnet of the Natasha project.
"""

from typing import Any

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from adapters.components.text import told_texts
from adapters.components.text.entities_schema import SCHEMA
from adapters.components.text.named import MODEL, Name, NameKind, names_in
from adapters.components.text.text_language import TextLanguage, language_of
from adapters.components.text.words import words
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality

SPEC = ComponentSpec(
    name="entities",
    modality=Modality.TEXT,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="2",
    schema_version="1",
    uses=told_texts.USES,
    reads_metadata=told_texts.READS,
    cost=Cost.CHARACTERS,
    memory_mib=250,
)

_STEMMER = snowballstemmer.stemmer("russian")


def measure(inputs: Inputs) -> Measurement:
    """Empty without a Russian text, and where none names anybody. Raises what `infer` raises."""
    texts = told_texts.told(inputs)
    if not texts:
        return told_texts.nothing_told(inputs)
    russian = {label: text for label, text in texts.items() if _is_russian(text)}
    if not russian:
        return Measurement.empty(EmptyReason.NO_TEXT, "no Russian text")
    found = [
        (label, name) for label, text in russian.items() for name in names_in(inputs.served, text)
    ]
    if not found:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED)
    word_count = sum(len(words(text)) for text in russian.values())
    arrays: dict[str, NDArray[Any]] = {
        **_counts([name for _, name in found]),
        "per_100_words": np.array(100 * len(found) / word_count),
        "read_labels": np.array(list(russian)),
        "mention_kinds": np.array([str(name.kind) for _, name in found]),
        "mention_texts": np.array([label for label, _ in found]),
        "mention_spans": np.array([(name.start, name.end) for _, name in found], dtype=np.int64),
    }
    return Measurement(arrays, units=float(sum(map(len, russian.values()))))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _is_russian(text: str) -> bool:
    """By its letters alone: a title of names has no stop words to tell it by."""
    return language_of(text, declared="ru") is TextLanguage.RUSSIAN


def _counts(names: list[Name]) -> dict[str, NDArray[Any]]:
    """How often each kind is named, and how many different names there are."""
    amounts: dict[str, NDArray[Any]] = {}
    for kind in NameKind:
        same = [name for name in names if name.kind is kind]
        amounts[f"{kind}_count"] = np.array(len(same), dtype=np.int64)
        amounts[f"different_{kind}_count"] = np.array(len(set(map(_stems, same))), dtype=np.int64)
    return amounts


def _stems(name: Name) -> tuple[str, ...]:
    """A name in any of its cases."""
    return tuple(_stem(word.casefold()) for word in name.words)


def _stem(word: str) -> str:
    """Cut until nothing is left to cut: the ending of a surname in -ov looks like one of a noun."""
    shorter = str(_STEMMER.stemWord(word))
    return word if shorter == word else _stem(shorter)
