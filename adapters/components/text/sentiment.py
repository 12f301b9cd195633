"""sentiment: how kindly English texts speak, and how that changes over what is said.

VADER (Hutto & Gilbert 2014): 7,500 words and emoji that people rated, with rules for "not", "very",
capitals and exclamation marks. Meant for sentences, hence a text is the mean of its sentences.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from adapters.components.text import told_texts
from adapters.components.text.sentiment_schema import SCHEMA
from adapters.components.text.spoken_parts import middles_s, spoken_parts
from adapters.components.text.text_language import TextLanguage, language_of
from adapters.components.text.words import sentences, words
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality

_READS = (told_texts.TITLE, told_texts.DESCRIPTION)

SPEC = ComponentSpec(
    name="sentiment",
    modality=Modality.TEXT,
    producer_version="2",
    schema_version="1",
    uses=("language", *told_texts.USES),
    reads_metadata=(*_READS, "language"),
    cost=Cost.CHARACTERS,
    memory_mib=100,
)

FELT_MIN = 0.05
"""The authors' bounds: a sentence is kind from +0.05, unkind from -0.05, else neither."""


@dataclass(frozen=True, slots=True)
class Felt:
    """The valence of each sentence of a text, -1 to 1, and how many of its words carry one."""

    valences: list[float]
    loaded_words: int

    @property
    def mean(self) -> float:
        return float(np.mean(self.valences))


def measure(inputs: Inputs) -> Measurement:
    """Empty without an English text that holds words."""
    texts = told_texts.told(inputs, _READS)
    if not texts:
        return told_texts.nothing_told(inputs, _READS)
    english = {label: text for label, text in texts.items() if _is_english(inputs, label, text)}
    if not english:
        return Measurement.empty(EmptyReason.NO_TEXT, "no English text")
    found = {label: felt(text) for label, text in english.items()}
    every = np.array([valence for each in found.values() for valence in each.valences])
    arrays: dict[str, NDArray[Any]] = {
        "valence": np.array(every.mean()),
        "kind_share": np.array((every >= FELT_MIN).mean()),
        "unkind_share": np.array((every <= -FELT_MIN).mean()),
        "labels": np.array(list(found)),
        "valences": np.array([each.mean for each in found.values()]),
        "loaded_words": np.array([each.loaded_words for each in found.values()], dtype=np.int64),
        **_over_time(inputs, is_english=told_texts.TRANSCRIPT in found),
    }
    return Measurement(arrays, units=float(sum(map(len, english.values()))))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def felt(text: str) -> Felt:
    """How each sentence of an English text that holds words is meant."""
    listed = list(sentences(text))
    valences = [float(_vader().polarity_scores(each)["compound"]) for each in listed]
    lexicon = _vader().lexicon
    return Felt(valences, sum(word.lower() in lexicon for word in words(text)))


def _over_time(inputs: Inputs, *, is_english: bool) -> dict[str, NDArray[Any]]:
    parts = spoken_parts(inputs) if is_english else {}
    curve = [felt(text).mean for text in parts.values()]
    return {"times_s": middles_s(parts), "valence_curve": np.array(curve, dtype=np.float32)}


def _is_english(inputs: Inputs, label: str, text: str) -> bool:
    """As `language` found where it is sure, else by letters and stop words."""
    told = inputs.artifacts.get("language")
    if told is not None:
        at = told["labels"].tolist().index(label)
        if told["is_sure"][at]:
            return bool(told["languages"][at] == "en")
    return language_of(text, declared=inputs.metadata.language) is TextLanguage.ENGLISH


@cache
def _vader() -> SentimentIntensityAnalyzer:
    return SentimentIntensityAnalyzer()
