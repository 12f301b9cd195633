"""One owner at a time, and a fence that only rises (hardening 44 and 45)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import RunIsOwned
from domain.lease import HEARTBEAT_S, LEASE_TTL, Lease, take
from tests.builders import NOON, an_identity

RUN = an_identity().run_id
STEPS = st.lists(
    st.tuples(st.sampled_from(["take", "renew"]), st.floats(0, 60), st.booleans()), max_size=30
)


def test_a_free_run_is_taken_for_half_a_minute() -> None:
    lease = take(None, run_id=RUN, owner="me", now=NOON)
    assert lease == Lease(RUN, "me", 1, NOON + timedelta(seconds=30))


def test_a_heart_beats_several_times_while_a_lease_lives() -> None:
    assert LEASE_TTL / timedelta(seconds=HEARTBEAT_S) >= 3


@pytest.mark.parametrize(
    ("after_s", "dead", "taken"),
    [(0, False, False), (29.999, False, False), (30, False, True), (0, True, True)],
)
def test_only_a_lease_that_ended_or_whose_owner_died_is_taken(
    after_s: float, *, dead: bool, taken: bool
) -> None:
    first = take(None, run_id=RUN, owner="first", now=NOON)
    now = NOON + timedelta(seconds=after_s)
    assert first.is_live(now=now) == (after_s < 30)
    if not taken:
        with pytest.raises(RunIsOwned) as told:
            take(first, run_id=RUN, owner="next", now=now, owner_is_dead=dead)
        assert told.value.fields == {"run_id": str(RUN)}
        return
    lease = take(first, run_id=RUN, owner="next", now=now, owner_is_dead=dead)
    assert (lease.owner, lease.fence) == ("next", 2)


def test_renewing_changes_nothing_but_the_end() -> None:
    lease = take(None, run_id=RUN, owner="me", now=NOON)
    later = NOON + timedelta(seconds=9)
    assert lease.renewed(now=later) == Lease(RUN, "me", 1, later + LEASE_TTL)


@given(STEPS)
def test_the_fence_rises_with_every_owner_and_never_falls(
    steps: list[tuple[str, float, bool]],
) -> None:
    lease, now = take(None, run_id=RUN, owner="0", now=NOON), NOON
    for number, (act, seconds, dead) in enumerate(steps):
        now += timedelta(seconds=seconds)
        before = lease
        if act == "renew":
            lease = lease.renewed(now=now)
            assert lease.fence == before.fence
            continue
        try:
            lease = take(lease, run_id=RUN, owner=str(number), now=now, owner_is_dead=dead)
        except RunIsOwned:
            assert before.is_live(now=now)
            assert not dead
        else:
            assert lease.fence == before.fence + 1
