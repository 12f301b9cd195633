"""What every keeper of leases must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.errors import LeaseLost, RunIsOwned, RunNotFound
from domain.identity import RunId
from domain.lease import LEASE_TTL, Lease
from tests.builders import NOON, a_run

Units = Callable[[], UnitOfWork]
SOON = NOON + timedelta(seconds=1)
TAKERS = 6


def a_kept_run(units: Units) -> RunId:
    run = a_run()
    with units() as work:
        work.runs.add(run)
        work.commit()
    return run.id


def taken(units: Units, run_id: RunId, *, owner: str = "me", **details: bool) -> Lease:
    with units() as work:
        lease = work.leases.take(run_id, owner=owner, now=NOON, **details)
        work.commit()
    return lease


def current(units: Units, run_id: RunId) -> Lease | None:
    with units() as work:
        return work.leases.current(run_id)


class LeasesContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Units: ...

    def test_a_free_run_is_leased_to_who_takes_it(self, units: Units) -> None:
        run_id = a_kept_run(units)
        assert current(units, run_id) is None
        lease = taken(units, run_id)
        assert lease == Lease(run_id, "me", 1, NOON + LEASE_TTL)
        assert current(units, run_id) == lease

    def test_a_run_that_nobody_knows_is_not_leased(self, units: Units) -> None:
        with units() as work, pytest.raises(RunNotFound):
            work.leases.take(a_run().id, owner="me", now=NOON)

    def test_a_lease_not_committed_is_none(self, units: Units) -> None:
        run_id = a_kept_run(units)
        with units() as work:
            work.leases.take(run_id, owner="me", now=NOON)
        assert current(units, run_id) is None

    @pytest.mark.parametrize("owner", ["me", "another"])
    def test_a_live_lease_is_respected(self, units: Units, owner: str) -> None:
        run_id = a_kept_run(units)
        lease = taken(units, run_id)
        with units() as work, pytest.raises(RunIsOwned):
            work.leases.take(run_id, owner=owner, now=lease.expires_at - timedelta(microseconds=1))
        assert current(units, run_id) == lease

    def test_an_expired_lease_goes_to_the_next_with_a_higher_fence(self, units: Units) -> None:
        run_id = a_kept_run(units)
        now = taken(units, run_id).expires_at
        with units() as work:
            lease = work.leases.take(run_id, owner="next", now=now)
            work.commit()
        assert lease == Lease(run_id, "next", 2, now + LEASE_TTL, tries=2)
        assert current(units, run_id) == lease

    def test_a_dead_owners_lease_goes_to_the_next_at_once(self, units: Units) -> None:
        run_id = a_kept_run(units)
        taken(units, run_id)
        assert taken(units, run_id, owner="next", owner_is_dead=True).fence == 2

    def test_renewing_prolongs_the_same_lease(self, units: Units) -> None:
        run_id = a_kept_run(units)
        lease = taken(units, run_id)
        with units() as work:
            renewed = work.leases.renew(lease, now=SOON)
            work.commit()
        assert renewed == replace(lease, expires_at=SOON + LEASE_TTL)
        assert current(units, run_id) == renewed

    def test_an_expired_lease_that_nobody_took_may_be_renewed(self, units: Units) -> None:
        """A laptop that slept goes on where it was."""
        run_id = a_kept_run(units)
        lease = taken(units, run_id)
        with units() as work:
            renewed = work.leases.renew(lease, now=lease.expires_at + LEASE_TTL)
        assert renewed.fence == lease.fence

    def test_renewing_a_lease_that_was_taken_over_is_refused(self, units: Units) -> None:
        run_id = a_kept_run(units)
        lost = taken(units, run_id)
        kept = taken(units, run_id, owner="next", owner_is_dead=True)
        with units() as work:
            with pytest.raises(LeaseLost):
                work.leases.renew(lost, now=SOON)
            work.commit()
        assert current(units, run_id) == kept

    def test_releasing_frees_the_run_at_once_and_its_fence_still_rises(self, units: Units) -> None:
        run_id = a_kept_run(units)
        lease = taken(units, run_id)
        with units() as work:
            work.leases.release(lease, now=NOON)
            work.commit()
        released = current(units, run_id)
        assert released is not None
        assert not released.is_live(now=NOON)
        assert released.owner == ""
        assert taken(units, run_id, owner="next").fence == 2

    def test_a_released_lease_is_not_renewed_by_a_late_heartbeat(self, units: Units) -> None:
        run_id = a_kept_run(units)
        lease = taken(units, run_id)
        with units() as work:
            work.leases.release(lease, now=NOON)
            work.commit()
        with units() as work, pytest.raises(LeaseLost):
            work.leases.renew(lease, now=SOON)

    def test_every_taking_counts_but_one_that_was_given_back_in_order(self, units: Units) -> None:
        """Hardening 48 and 50: who dies at a run has tried it, who drains has not."""
        run_id = a_kept_run(units)
        tries = []
        for counts in (True, False, True, True):
            lease = taken(units, run_id)
            tries.append(lease.tries)
            with units() as work:
                work.leases.release(lease, now=NOON, counts=counts)
                work.commit()
        assert tries == [1, 2, 2, 3]
        assert taken(units, run_id).fence == 5

    def test_releasing_what_was_taken_over_leaves_the_new_owner_alone(self, units: Units) -> None:
        run_id = a_kept_run(units)
        lost = taken(units, run_id)
        kept = taken(units, run_id, owner="next", owner_is_dead=True)
        with units() as work:
            work.leases.release(lost, now=SOON)
            work.commit()
        assert current(units, run_id) == kept

    def test_nobody_takes_a_run_while_its_owner_works_under_a_renewed_lease(
        self, units: Units
    ) -> None:
        """What is written between `renew` and the end of the unit is written by the owner."""
        run_id = a_kept_run(units)
        lease = taken(units, run_id)
        late = lease.expires_at + LEASE_TTL

        def take_over() -> Lease:
            with units() as work:
                other = work.leases.take(run_id, owner="other", now=late)
                work.commit()
                return other

        with ThreadPoolExecutor(1) as pool:
            with units() as work:
                work.leases.renew(lease, now=NOON)
                other = pool.submit(take_over)
                assert not wait([other], timeout=0.2).done
                work.commit()
            assert other.result().fence == 2

    def test_many_who_renew_save_and_take_at_once_never_block_each_other_for_good(
        self, units: Units
    ) -> None:
        run_id = a_kept_run(units)
        lease = taken(units, run_id)

        def act(number: int) -> None:
            with units() as work:
                match number % 3:
                    case 0:
                        work.leases.renew(lease, now=NOON)
                        work.runs.save(work.runs.get(run_id), fence=lease.fence)
                    case 1:
                        work.runs.save(work.runs.get(run_id), fence=lease.fence)
                        work.leases.renew(lease, now=NOON)
                    case _:
                        with pytest.raises(RunIsOwned):
                            work.leases.take(run_id, owner="other", now=NOON)
                work.commit()

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(act, range(48)))

    @pytest.mark.parametrize("held_before", [False, True])
    def test_of_many_who_take_a_run_at_once_exactly_one_gets_it(
        self, units: Units, *, held_before: bool
    ) -> None:
        """Hardening 44: of two workers given the same run one runs it."""
        run_id = a_kept_run(units)
        now = taken(units, run_id).expires_at if held_before else NOON
        start = Barrier(TAKERS)

        def take(number: int) -> bool:
            start.wait()
            try:
                with units() as work:
                    work.leases.take(run_id, owner=str(number), now=now)
                    work.commit()
            except RunIsOwned:
                return False
            return True

        with ThreadPoolExecutor(TAKERS) as pool:
            assert sum(pool.map(take, range(TAKERS))) == 1
        lease = current(units, run_id)
        assert lease is not None
        assert lease.fence == 1 + held_before
