"""description_style: how a description is built, and whether its time codes make chapters."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text import chapters, markers, signs, words
from adapters.components.text.description_style_schema import SCHEMA
from adapters.components.text.markers import Marker
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Modality
from domain.video import Metadata

SPEC = ComponentSpec(
    name="description_style",
    modality=Modality.TEXT,
    producer_version="1",
    schema_version="1",
    reads_metadata=("title", "description", "tags"),
    cost=Cost.CHARACTERS,
    memory_mib=100,
)


def measure(inputs: Inputs) -> Measurement:
    """Measures the description and the tags; without a visible description it is empty."""
    text = words.visible(inputs.metadata.description or "").strip()
    if not text:
        return Measurement.empty(EmptyReason.NO_TEXT)
    arrays: dict[str, NDArray[Any]] = {
        **_counts(text, inputs.metadata),
        **_moments(text, inputs.timeline.duration_s),
        "capital_share": signs.capital_share(text),
        "tags_in_text_share": _tags_in_text(inputs.metadata),
        "has_question": np.array(any(mark in text for mark in "?？؟")),
    }
    return Measurement(arrays, units=float(len(text)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _counts(text: str, metadata: Metadata) -> dict[str, NDArray[np.int64]]:
    sites = signs.link_sites(text)
    counted = {
        "characters": len(words.graphemes(text)),
        "words": len(words.words(chapters.without_time_codes(signs.without_links(text)))),
        "lines": sum(bool(line.strip()) for line in text.split("\n")),
        "links": len(sites),
        "link_sites": len(set(sites)),
        "hashtags": signs.hashtag_count(text),
        "mentions": signs.mention_count(text),
        "calls_to_action": len(markers.find(text, (Marker.CALL_TO_ACTION,))),
        "emoji": signs.emoji_count(text),
        "tags": len(metadata.tags),
        "tag_characters": sum(len(words.graphemes(tag)) for tag in metadata.tags),
    }
    return {name: np.array(value, dtype=np.int64) for name, value in counted.items()}


def _moments(text: str, duration_s: float) -> dict[str, NDArray[Any]]:
    """Time codes within the video (a time of day mostly lies beyond its end) and its chapters."""
    codes = [code for code in chapters.time_codes(text) if code <= duration_s]
    found = chapters.chapters(text, duration_s=duration_s)
    return {
        "time_codes": np.array(len(codes), dtype=np.int64),
        "time_codes_s": np.array(codes, dtype=np.float64),
        "chapters": np.array(len(found.starts_s), dtype=np.int64),
        "chapter_starts_s": np.array(found.starts_s, dtype=np.float64),
        "chapter_problem": np.array(str(found.problem)),
    }


def _tags_in_text(metadata: Metadata) -> NDArray[np.float64]:
    told = f" {_spaced(metadata.title or '')} | {_spaced(metadata.description or '')} "
    tags = [spaced for tag in metadata.tags if (spaced := _spaced(tag))]
    return signs.part(sum(f" {tag} " in told for tag in tags), len(tags))


def _spaced(text: str) -> str:
    return " ".join(words.words(words.folded(text)))
