"""What fails for a moment is tried again twice, and nothing is done or told twice (R-507)."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import pytest

from adapters.memory.pauses import NoPauses
from application.errors import AdapterError, ResourceExhausted
from application.retrying import PAUSES_S, Retrying
from domain.errors import LeaseLost
from domain.lease import LEASE_TTL


@dataclass
class Failing:
    """Fails a number of times, then works; counts how often it was asked."""

    times: int
    error: Exception
    asked: int = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self.times:
            raise self.error
        return "done"


PASSING = AdapterError("no answer", code="database_unavailable", retryable=True)


@pytest.mark.parametrize("times", [0, 1, 2])
def test_what_fails_for_a_moment_is_done_in_the_end(times: int) -> None:
    pauses, failing = NoPauses(), Failing(times, PASSING)
    assert Retrying(pauses)(failing) == "done"
    assert failing.asked == times + 1
    assert pauses.waited_s == list(PAUSES_S[:times])


def test_the_third_failure_comes_out() -> None:
    pauses, failing = NoPauses(), Failing(3, PASSING)
    with pytest.raises(AdapterError) as told:
        Retrying(pauses)(failing)
    assert told.value is PASSING
    assert failing.asked == 3


@pytest.mark.parametrize(
    "error",
    [
        AdapterError("no", code="storage_failed"),
        ResourceExhausted("the disk is full"),
        LeaseLost("taken over"),
        RuntimeError("a bug"),
    ],
)
def test_what_another_try_would_not_help_is_not_tried_again(error: Exception) -> None:
    pauses, failing = NoPauses(), Failing(1, error)
    act: Callable[[], str] = failing
    with pytest.raises(type(error)):
        Retrying(pauses)(act)
    assert (failing.asked, pauses.waited_s) == (1, [])


def test_pauses_grow_and_end_long_before_a_lease_does() -> None:
    """Nobody can renew a lease in a database that does not answer; a quarter more is jitter."""
    ratios = {after / before for before, after in pairwise(PAUSES_S)}
    assert min(ratios) >= 2
    assert 1.25 * sum(PAUSES_S) < LEASE_TTL.total_seconds() / 2
