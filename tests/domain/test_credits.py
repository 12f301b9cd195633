"""Credits are whole kopecks between nothing and more than anybody owns (R-601)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.credits import MAX_KOPECKS, Credits
from domain.errors import InvalidAmount

KOPECKS = st.integers(0, MAX_KOPECKS)


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [("500", 50_000), ("0.5", 50), ("0.50", 50), ("12.34", 1234), ("0", 0), ("007.01", 701)],
)
def test_credits_are_read_as_a_person_writes_them(text: str, kopecks: int) -> None:
    """R-601: 1 credit = 1 rouble = 100 kopecks, exactly."""
    assert Credits.of(text) == Credits(kopecks)


@pytest.mark.parametrize(
    "text",
    [
        *["", "-1", "+1", "1.234", "1,5", ".5", "5.", "1e3", "NaN", "Infinity", " 1", "1\n"],
        *["١", "1_0", "9" * 15, "9" * 16, str(2**63 - 1)],
    ],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    """Hardening 38: negative, 2^63-1 and NaN are refused, and so is whatever else is no amount."""
    with pytest.raises(InvalidAmount):
        Credits.of(text)


@pytest.mark.parametrize(
    "kopecks", [-1, MAX_KOPECKS + 1, 2**63 - 1, 1.0, float("nan"), True, "5", None]
)
def test_kopecks_are_whole_and_bounded(kopecks: Any) -> None:
    """Hardening 38."""
    with pytest.raises(InvalidAmount):
        Credits(kopecks)


def test_a_sum_beyond_any_amount_is_refused() -> None:
    """Hardening 38: overflow of the sum."""
    with pytest.raises(InvalidAmount):
        Credits(MAX_KOPECKS) + Credits(1)


def test_more_than_there_is_cannot_be_taken() -> None:
    with pytest.raises(InvalidAmount):
        Credits(5) - Credits(6)


@given(KOPECKS)
def test_what_is_written_reads_back(kopecks: int) -> None:
    assert Credits.of(str(Credits(kopecks))) == Credits(kopecks)


@given(KOPECKS, KOPECKS)
def test_credits_count_and_compare_as_their_kopecks_do(more: int, less: int) -> None:
    less, more = sorted([less, more])
    assert Credits(more) - Credits(less) == Credits(more - less)
    assert Credits(more) >= Credits(less)
    assert (Credits(less) + Credits(more - less)).kopecks == more
