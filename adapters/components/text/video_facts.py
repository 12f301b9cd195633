"""video_facts: what is known of a video before anything in it is looked at or listened to.

Counters are a snapshot: they go with the moment at which they were read, or without one.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.text import words
from adapters.components.text.categories import number_of
from adapters.components.text.video_facts_schema import SCHEMA
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, Modality

SPEC = ComponentSpec(
    name="video_facts",
    modality=Modality.TEXT,
    producer_version="1",
    schema_version="1",
    reads_metadata=(
        "views",
        "likes",
        "subscribers",
        "counters_read_at",
        "published_at",
        "category",
    ),
    cost=Cost.VIDEO_SECONDS,
    memory_mib=100,
    tier0=True,
)

CATEGORY_CHARACTERS_MAX = 200
COUNTER_MAX = 10**15
"""More than everybody alive can watch in a lifetime: no counter, whoever told it."""

_DAY = timedelta(days=1)
_DATE_CHARACTERS = len("2026-01-31")

Fields = dict[str, NDArray[Any]]


def measure(inputs: Inputs) -> Measurement:
    """Writes down what was told; dates and counters that cannot be are absent, and noted."""
    told, notes = inputs.metadata, []
    counters: Fields = {}
    for name in ("views", "likes", "subscribers"):
        counted = getattr(told, name)
        if counted is not None and not 0 <= counted <= COUNTER_MAX:
            counted = None
            notes.append(f"{name}_unbelievable")
        counters |= _number(name, counted, known=f"{name}_known")
    read_at = _moment(told.counters_read_at)
    published = _moment(told.published_at)
    notes += [
        f"{name}_unreadable"
        for name, moment in (("counters_read_at", read_at), ("published_at", published))
        if getattr(told, name) and moment is None
    ]
    has_hour = published is not None and len((told.published_at or "").strip()) > _DATE_CHARACTERS
    category = words.visible(told.category or "").strip()[:CATEGORY_CHARACTERS_MAX]
    arrays: Fields = {
        **_source(inputs),
        **counters,
        **_text("counters_read_at", _iso(read_at), known="counters_read_known"),
        **_published(published, has_hour=has_hour),
        **_number("age_days", _age_days(published, read_at), known="age_known"),
        **_text("category", category, known="category_known"),
        **_number("category_number", number_of(category), known="category_number_known"),
    }
    facts = ("views", "likes", "subscribers", "published", "category")
    arrays["facts_known"] = np.array(sum(bool(arrays[f"{one}_known"]) for one in facts))
    return Measurement(arrays, notes=tuple(notes))


def _source(inputs: Inputs) -> Fields:
    source = inputs.source
    return {
        "duration_s": np.array(source.duration_s, dtype=np.float64),
        "width_px": np.array(source.width_px, dtype=np.int64),
        "height_px": np.array(source.height_px, dtype=np.int64),
        "frame_rate_hz": np.array(source.frame_rate_hz, dtype=np.float64),
        "is_upright": np.array(source.height_px > source.width_px),
        "has_sound": np.array(inputs.timeline.has_sound),
    }


def _published(moment: datetime | None, *, has_hour: bool) -> Fields:
    weekday = hour = None
    text = ""
    if moment is not None:
        weekday = float(moment.weekday())
        text = _iso(moment) if has_hour else moment.date().isoformat()
        hour = (moment - datetime.combine(moment.date(), time(), UTC)) / timedelta(hours=1)
    arrays = _text("published_at", text, known="published_known")
    arrays |= _number("published_weekday", weekday, known="published_known")
    return arrays | _number(
        "published_hour", hour if has_hour else None, known="published_hour_known"
    )


def _age_days(published: datetime | None, read_at: datetime | None) -> float | None:
    """None also for a video that is planned: published after its counters were read."""
    if published is None or read_at is None or published > read_at:
        return None
    return (read_at - published) / _DAY


def _moment(text: str | None) -> datetime | None:
    """A moment in UTC from ISO 8601, where a zone that is not named is UTC and a day its midnight.

    None for what is neither, and for moments that no UTC clock can show.
    """
    if not text:
        return None
    try:
        if len(text.strip()) == _DATE_CHARACTERS:
            return datetime.combine(date.fromisoformat(text.strip()), time(), UTC)
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _iso(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="seconds")


def _number(name: str, told: float | None, *, known: str) -> Fields:
    number = np.nan if told is None else float(told)
    return {name: np.array(number, dtype=np.float64), known: np.array(told is not None)}


def _text(name: str, told: str, *, known: str) -> Fields:
    return {name: np.array(told, dtype=np.str_), known: np.array(bool(told))}


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)
