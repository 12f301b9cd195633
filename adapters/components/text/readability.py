"""readability: how easily the title and the description read, by language.

Reading ease after Flesch (J. Applied Psychology 32, 1948) for English and with the constants of
Oborneva (2006) for Russian; LIX after Björnsson (1968); word variety after Guiraud (1954) and
McCarthy & Jarvis (2010). The transcript joins the texts when `speech_transcript` exists.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text import chapters, signs, syllables, words
from adapters.components.text.lexical_diversity import mtld, root_ttr
from adapters.components.text.readability_schema import SCHEMA
from adapters.components.text.text_language import TextLanguage, language_of
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality
from domain.video import Metadata

SPEC = ComponentSpec(
    name="readability",
    modality=Modality.TEXT,
    producer_version="2",
    schema_version="1",
    reads_metadata=("title", "description", "language"),
    cost=Cost.CHARACTERS,
    memory_mib=100,
)

WORDS_MIN = 20
"""Below this one long word moves every average by tens of per cent."""
MTLD_WORDS_MIN = 50

_LONG_WORD_LETTERS = 7
_FLESCH = {TextLanguage.ENGLISH: (1.015, 84.6), TextLanguage.RUSSIAN: (1.3, 60.1)}
_FLESCH_TOP = 206.835
_SYLLABLES = {TextLanguage.ENGLISH: syllables.english, TextLanguage.RUSSIAN: syllables.russian}


def measure(inputs: Inputs) -> Measurement:
    """Empty without a text, and below 20 words of running text."""
    text = running_text(inputs.metadata)
    if not text:
        return Measurement.empty(EmptyReason.NO_TEXT)
    sentences = [_tokens(sentence) for sentence in words.sentences(text)]
    sentences = [tokens for tokens in sentences if tokens]
    tokens = [token for sentence in sentences for token in sentence]
    if len(tokens) < WORDS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, f"{len(tokens)} words")
    language = language_of(text, declared=inputs.metadata.language)
    variety = mtld(tokens) if len(tokens) >= MTLD_WORDS_MIN else float("nan")
    arrays: dict[str, NDArray[Any]] = {
        "language": np.array(str(language)),
        **_lengths(sentences, tokens),
        **_ease(language, len(sentences), tokens),
        "root_ttr": np.array(root_ttr(tokens)),
        "mtld": np.array(variety),
        "mtld_known": np.array(not np.isnan(variety)),
    }
    return Measurement(arrays, units=float(len(text)))


def running_text(metadata: Metadata) -> str:
    """Title and description as one text, a line each, without links, addresses and time codes."""
    parts = (words.visible(part or "") for part in (metadata.title, metadata.description))
    whole = "\n".join(part for part in parts if part.strip())
    return chapters.without_time_codes(signs.without_links(whole)).strip()


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _tokens(sentence: str) -> list[str]:
    """The words of a sentence in comparable form; bare numbers have no syllables and stay out."""
    listed = words.words(words.folded(sentence))
    return [word for word in listed if any(letter.isalpha() for letter in word)]


def _lengths(sentences: list[list[str]], tokens: list[str]) -> dict[str, NDArray[Any]]:
    letters = np.array([sum(letter.isalpha() for letter in token) for token in tokens])
    mean_words = len(tokens) / len(sentences)
    long_share = float(np.mean(letters >= _LONG_WORD_LETTERS))
    return {
        "sentences": np.array(len(sentences), dtype=np.int64),
        "words": np.array(len(tokens), dtype=np.int64),
        "mean_sentence_words": np.array(mean_words),
        "longest_sentence_words": np.array(max(map(len, sentences)), dtype=np.int64),
        "mean_word_letters": np.array(letters.mean()),
        "long_word_share": np.array(long_share),
        "lix": np.array(mean_words + 100 * long_share),
    }


def _ease(language: TextLanguage, sentences: int, tokens: list[str]) -> dict[str, NDArray[Any]]:
    if language is TextLanguage.OTHER:
        unknown = np.array(float("nan"))
        known = np.array(False)
        return {
            "reading_ease": unknown,
            "mean_word_syllables": unknown,
            "reading_ease_known": known,
        }
    mean_syllables = float(np.mean([_syllables(token, language) for token in tokens]))
    per_word, per_syllable = _FLESCH[language]
    ease = _FLESCH_TOP - per_word * len(tokens) / sentences - per_syllable * mean_syllables
    return {
        "reading_ease": np.array(ease),
        "mean_word_syllables": np.array(mean_syllables),
        "reading_ease_known": np.array(True),
    }


def _syllables(token: str, language: TextLanguage) -> int:
    """A word in the other script counts as it is said there: `iPhone` in a Russian text."""
    if language is TextLanguage.RUSSIAN and token[0].isascii():
        return syllables.english(token)
    return _SYLLABLES[language](token)
