"""Hourly limits: the window slides, and a refusal tells when the next run can start (R-607)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RateLimited
from domain.rate_limit import WINDOW, HourlyLimits, Plan

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def minutes_ago(*minutes: int) -> list[datetime]:
    return [NOW - timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(("plan", "limit"), [(Plan.FREE, 5), (Plan.PREMIUM, 50)])
def test_a_plan_lets_its_number_start_and_no_more(plan: Plan, limit: int) -> None:
    limits = HourlyLimits()
    limits.check(plan, [NOW] * (limit - 1), now=NOW)
    with pytest.raises(RateLimited):
        limits.check(plan, [NOW] * limit, now=NOW)


def test_no_plan_is_above_the_ceiling() -> None:
    limits = HourlyLimits({Plan.PREMIUM: 500}, ceiling=100)
    assert limits.of(Plan.PREMIUM) == 100


def test_the_local_user_has_no_limit() -> None:
    HourlyLimits().check(Plan.LOCAL, [NOW] * 10_000, now=NOW)


def test_plans_without_a_number_have_no_limit() -> None:
    assert HourlyLimits({}).of(Plan.FREE) is None


def test_the_refusal_tells_when_the_next_slot_is_free() -> None:
    with pytest.raises(RateLimited) as refused:
        HourlyLimits().check(Plan.FREE, minutes_ago(70, 50, 40, 30, 20, 10), now=NOW)
    assert refused.value.fields["free_at"] == (NOW + timedelta(minutes=10)).isoformat()


def test_after_more_than_the_limit_the_slot_is_that_of_the_run_that_leaves_the_window_last() -> (
    None
):
    """A plan that was lowered within the hour: two runs must leave before one may start."""
    with pytest.raises(RateLimited) as refused:
        HourlyLimits({Plan.FREE: 2}).check(Plan.FREE, minutes_ago(50, 40, 30), now=NOW)
    assert refused.value.fields["free_at"] == (NOW + timedelta(minutes=20)).isoformat()


@given(st.lists(st.integers(0, 7200), min_size=5, max_size=30))
def test_at_the_told_moment_a_run_may_start_and_not_a_second_before(seconds: list[int]) -> None:
    started = [NOW - timedelta(seconds=second) for second in seconds]
    limits = HourlyLimits()
    try:
        limits.check(Plan.FREE, started, now=NOW)
    except RateLimited as refused:
        free_at = datetime.fromisoformat(str(refused.fields["free_at"]))
        assert NOW < free_at <= NOW + WINDOW
        limits.check(Plan.FREE, started, now=free_at)
        with pytest.raises(RateLimited):
            limits.check(Plan.FREE, started, now=free_at - timedelta(seconds=1))
    else:
        assert sum(second < 3600 for second in seconds) < 5


def test_a_limit_of_nothing_is_no_limit_that_can_be_set() -> None:
    with pytest.raises(ValueError, match="lets something through"):
        HourlyLimits({Plan.FREE: 0})
