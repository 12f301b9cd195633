"""title_style: how a title is built and which words in it pull, in Russian and English.

Characters are grapheme clusters (UAX 29); words that pull come from our own lists (`markers.py`).
"""

from collections import Counter
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from adapters.components.text import markers, signs, words
from adapters.components.text.markers import Marker
from adapters.components.text.title_style_schema import SCHEMA
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality

SPEC = ComponentSpec(
    name="title_style",
    modality=Modality.TEXT,
    producer_version="1",
    schema_version="1",
    needs_metadata=("title",),
    reads_metadata=("title",),
    cost=Cost.CHARACTERS,
    memory_mib=100,
    tier0=True,
)

MARKERS_SHOWN_MAX = 50
MARKER_CHARACTERS_MAX = 60

_DIGIT = regex.compile(r"\d")
_QUESTION = regex.compile(r"[?？؟⁇⁈⁉❓]")
_EXCLAMATION = regex.compile(r"[!！❗‼⁉⁈]")
_BRACKETS = regex.compile(r"\([^()]+\)|\[[^\[\]]+\]|【[^【】]+】|（[^（）]+）")
_CAPITAL_WORD_LETTERS_MIN = 2


def measure(inputs: Inputs) -> Measurement:
    """Measures the title; a title of nothing visible is empty."""
    title = words.visible(inputs.metadata.title or "").strip()
    if not title:
        return Measurement.empty(EmptyReason.NO_TEXT)
    found = markers.find(title)
    letters, cyrillic, latin = words.script_counts(title)
    arrays: dict[str, NDArray[Any]] = {
        **_counts(title),
        **_marker_counts(found),
        "is_question": np.array(bool(_QUESTION.search(title))),
        "has_brackets": np.array(bool(_BRACKETS.search(title))),
        "capital_share": signs.capital_share(title),
        "digit_share": signs.part(len(_DIGIT.findall(title)), len(words.graphemes(title))),
        "cyrillic_share": signs.part(cyrillic, letters),
        "latin_share": signs.part(latin, letters),
        "marker_kinds": _texts([str(one.kind) for one in found]),
        "marker_words": _texts([one.text for one in found]),
    }
    return Measurement(arrays, units=float(len(title)))


def _counts(title: str) -> dict[str, NDArray[Any]]:
    listed = words.words(title)
    counted = {
        "characters": len(words.graphemes(title)),
        "words": len(listed),
        "capital_words": sum(_is_capital(word) for word in listed),
        "numbers": len(words.numbers(title)),
        "emoji": signs.emoji_count(title),
        "exclamations": len(_EXCLAMATION.findall(title)),
        "hashtags": signs.hashtag_count(title),
        "mixed_script_words": sum(words.mixes_scripts(word) for word in listed),
    }
    return {name: np.array(value, dtype=np.int64) for name, value in counted.items()}


def _marker_counts(found: list[markers.Found]) -> dict[str, NDArray[Any]]:
    by_kind = Counter(one.kind for one in found)
    names = {
        Marker.QUESTION_WORD: "question_words",
        Marker.NUMBER_WORD: "number_words",
        Marker.SUPERLATIVE: "superlatives",
        Marker.CLICKBAIT: "clickbait_markers",
        Marker.CALL_TO_ACTION: "calls_to_action",
        Marker.FILLER: "fillers",
    }
    return {name: np.array(by_kind[kind], dtype=np.int64) for kind, name in names.items()}


def _is_capital(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) >= _CAPITAL_WORD_LETTERS_MIN and all(x.isupper() for x in letters)


def _texts(listed: list[str]) -> NDArray[np.str_]:
    shown = [one[:MARKER_CHARACTERS_MAX] for one in listed[:MARKERS_SHOWN_MAX]]
    return np.array(shown, dtype=np.str_) if shown else np.zeros(0, dtype="<U1")


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)
