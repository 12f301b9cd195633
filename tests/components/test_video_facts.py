"""video_facts against facts that were told and files whose measures are known."""

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.text.video_facts import COMPONENT
from application.ports.components import Arrays, Inputs, Measurement
from domain.video import Metadata
from domain.video_size import VideoSize
from tests.components.inputs import a_timeline, measured
from tests.components.texts import HOSTILE

READ = "2026-03-12T18:00:00+00:00"
COUNTERS = ("views", "likes", "subscribers")


def facts(told: Metadata, *, size: VideoSize | None = None, has_sound: bool = True) -> Measurement:
    return measured(
        COMPONENT,
        Inputs(
            timeline=a_timeline(has_sound=has_sound),
            metadata=told,
            size=size or VideoSize(61.5, 1920, 1080, 29.97),
        ),
    )


def figures(told: Metadata) -> Arrays:
    return facts(told).arrays


def test_everything_that_was_told_is_written_down_with_the_time_of_its_reading() -> None:
    found = facts(
        Metadata(
            views=1_234_567,
            likes=89_012,
            subscribers=5_600,
            counters_read_at=READ,
            published_at="2026-03-10T21:30:00+03:00",
            category="Education",
        )
    )
    assert found.notes == ()
    assert {name: array.item() for name, array in found.arrays.items()} == {
        "duration_s": 61.5,
        "width_px": 1920,
        "height_px": 1080,
        "frame_rate_hz": 29.97,
        "is_upright": False,
        "has_sound": True,
        "views": 1_234_567,
        "views_known": True,
        "likes": 89_012,
        "likes_known": True,
        "subscribers": 5_600,
        "subscribers_known": True,
        "counters_read_at": READ,
        "counters_read_known": True,
        "published_at": "2026-03-10T18:30:00+00:00",
        "published_weekday": 1,
        "published_known": True,
        "published_hour": 18.5,
        "published_hour_known": True,
        "age_days": pytest.approx(1 + 23.5 / 24),
        "age_known": True,
        "category": "Education",
        "category_known": True,
        "category_number": 27,
        "category_number_known": True,
        "facts_known": 5,
    }


def test_what_nobody_told_is_absent_and_not_zero() -> None:
    """R-206: a file alone still has a length and a picture."""
    found = facts(Metadata(), size=VideoSize(9.0, 720, 1280, 25.0), has_sound=False)
    assert found.empty_reason is None
    for name in (*COUNTERS, "age_days", "published_hour", "published_weekday"):
        assert np.isnan(found.arrays[name])
    for name in ("counters_read_at", "published_at", "category"):
        assert found.arrays[name].item() == ""
    assert not any(array.item() for name, array in found.arrays.items() if name.endswith("_known"))
    assert found.arrays["is_upright"].item() is True
    assert found.arrays["has_sound"].item() is False


def test_no_views_at_all_are_known_to_be_none() -> None:
    found = figures(Metadata(views=0, counters_read_at=READ))
    assert found["views"].item() == 0
    assert found["views_known"].item() is True


def test_a_day_without_its_hour_has_an_age_and_no_hour() -> None:
    found = figures(Metadata(views=1, counters_read_at=READ, published_at="2026-03-10"))
    assert found["published_at"].item() == "2026-03-10"
    assert found["age_days"].item() == pytest.approx(2.75)
    assert np.isnan(found["published_hour"])


def test_a_planned_video_has_a_date_and_no_age() -> None:
    found = figures(Metadata(subscribers=3, counters_read_at=READ, published_at="2026-04-01"))
    assert found["published_known"].item() is True
    assert found["age_known"].item() is False


@pytest.mark.parametrize("told", [*HOSTILE.values(), "0000-00-00", "2026-13-41", "yesterday"])
def test_a_date_that_is_none_is_absent_and_noted_without_its_text(told: str) -> None:
    found = facts(Metadata(published_at=told, counters_read_at=told))
    assert found.arrays["published_known"].item() is False
    assert found.arrays["counters_read_known"].item() is False
    assert found.notes == ("counters_read_at_unreadable", "published_at_unreadable")


@pytest.mark.parametrize("told", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_category_is_cut_and_kept_as_text(told: str) -> None:
    found = figures(Metadata(category=told))
    assert len(found["category"].item()) <= 200


@pytest.mark.parametrize(
    ("told", "number"), [("Film & Animation", 1), ("science and  technology", 28), ("Обзоры", None)]
)
def test_a_category_of_youtubes_list_has_its_number(told: str, number: int | None) -> None:
    found = figures(Metadata(category=told))
    assert found["category"].item() == told
    assert found["category_number_known"].item() is (number is not None)
    if number is not None:
        assert found["category_number"].item() == number


@pytest.mark.parametrize("told", [-1, 2**70])
def test_a_counter_that_cannot_be_is_absent_and_noted(told: int) -> None:
    found = facts(Metadata(views=told, likes=3))
    assert np.isnan(found.arrays["views"])
    assert found.arrays["likes"].item() == 3
    assert found.notes == ("views_unbelievable",)


def test_the_first_and_the_last_moments_of_the_calendar_break_nothing() -> None:
    for told in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"):
        found = facts(Metadata(published_at=told))
        assert found.notes == ("published_at_unreadable",)


def test_neither_channel_nor_words_are_kept() -> None:
    """Who published it and what is said of it are not this component's: it never sees them."""
    assert set(COMPONENT.spec.reads_metadata) == {
        *COUNTERS,
        "counters_read_at",
        "published_at",
        "category",
    }


@given(
    published=st.datetimes(
        min_value=datetime.fromisoformat("2005-04-23"),
        max_value=datetime.fromisoformat("2090-01-01"),
    ),
    zone_min=st.integers(-14 * 60, 14 * 60),
    age_s=st.integers(0, 10**9),
)
def test_the_zone_a_moment_is_told_in_changes_nothing(
    published: datetime, zone_min: int, age_s: int
) -> None:
    moment = published.replace(tzinfo=UTC, microsecond=0)
    elsewhere = moment.astimezone(timezone(timedelta(minutes=zone_min)))
    read_at = (moment + timedelta(seconds=age_s)).isoformat()
    here, there = (
        figures(Metadata(views=1, published_at=one.isoformat(), counters_read_at=read_at))
        for one in (moment, elsewhere)
    )
    for name, array in here.items():
        np.testing.assert_array_equal(array, there[name])
    assert here["age_days"].item() == pytest.approx(age_s / 86_400, abs=1e-9)
    assert 0 <= here["published_hour"].item() < 24
