"""comments_profile: what comments are like as a whole, without keeping a word of them.

Feelings by VADER (Hutto & Gilbert 2014), as in `sentiment`; a comment is the mean of its sentences.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from adapters.components.text import signs, words
from adapters.components.text.comments_profile_schema import SCHEMA
from adapters.components.text.sentiment import FELT_MIN, felt
from adapters.components.text.text_language import TextLanguage, language_of
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality

SPEC = ComponentSpec(
    name="comments_profile",
    modality=Modality.TEXT,
    producer_version="1",
    schema_version="1",
    reads_metadata=("comments",),
    cost=Cost.VIDEO_SECONDS,
    memory_mib=100,
)

COMMENTS_MIN = 5
"""Shares of fewer comments say nothing of those who wrote them."""
COMMENTS_MAX = 100
CHARACTERS_MAX = 10_000
"""As long as a comment on YouTube may be."""
LANGUAGES = (TextLanguage.ENGLISH, TextLanguage.RUSSIAN, TextLanguage.OTHER)

_QUESTION = regex.compile(r"[?？؟⁇⁈⁉❓]")

Fields = dict[str, NDArray[Any]]


def measure(inputs: Inputs) -> Measurement:
    """Empty without comments, and with too few of them."""
    given = (inputs.metadata.comments or ())[:COMMENTS_MAX]
    texts = [text for one in given if (text := words.visible(one[:CHARACTERS_MAX]).strip())]
    if not texts:
        return Measurement.empty(EmptyReason.COMMENTS_MISSING)
    if len(texts) < COMMENTS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL)
    characters = np.array([len(words.graphemes(text)) for text in texts], dtype=np.int64)
    languages = [language_of(text, declared=None) for text in texts]
    arrays: Fields = {
        "comments": np.array(len(texts)),
        "median_characters": np.array(np.median(characters)),
        "median_words": np.array(np.median([len(words.words(text)) for text in texts])),
        "question_share": _share(_QUESTION.search(text) for text in texts),
        "emoji_share": _share(signs.emoji_count(text) for text in texts),
        "link_share": _share(signs.link_sites(text) for text in texts),
        "repeated_share": signs.part(len(texts) - len(set(map(_plain, texts))), len(texts)),
        **_language_shares(languages),
        **_feelings(
            [t for t, spoken in zip(texts, languages, strict=True) if spoken is LANGUAGES[0]]
        ),
        # In no order of theirs: lengths one by one would tell which page they were taken from.
        "characters": np.sort(characters),
    }
    return Measurement(arrays)


def _plain(text: str) -> str:
    return " ".join(words.folded(text).split())


def _share(found: Any) -> NDArray[np.float64]:
    return np.array(np.mean([bool(one) for one in found]), dtype=np.float64)


def _language_shares(languages: Sequence[TextLanguage]) -> Fields:
    counted = Counter(languages)
    shares = [counted[language] / len(languages) for language in LANGUAGES]
    return {
        "languages": np.array([str(language) for language in LANGUAGES]),
        "language_shares": np.array(shares, dtype=np.float64),
    }


def _feelings(english: Sequence[str]) -> Fields:
    """Of comments with at least one sentence; NaN where there is none."""
    heard = [found.mean for text in english if (found := felt(text)).valences]
    valences = np.array(heard or [np.nan], dtype=np.float64)
    kind, unkind = valences >= FELT_MIN, valences <= -FELT_MIN
    known = bool(heard)
    return {
        "valence": np.array(valences.mean()),
        "kind_share": np.array(kind.mean() if known else np.nan),
        "unkind_share": np.array(unkind.mean() if known else np.nan),
        "valence_known": np.array(known),
    }


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)
