"""What every outbox must do."""

from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from domain.identity import RunId
from tests.builders import NOON, a_run
from tests.contracts.ledger_acts import LedgerUnits, a_rich_user, booked
from tests.ledgers import a_take_hold

LATER = NOON + timedelta(minutes=1)


def runs_kept(units: LedgerUnits, count: int) -> list[RunId]:
    """Runs that are known: an outbox may insist on it."""
    runs = [a_run() for _ in range(count)]
    with units() as work:
        for run in runs:
            work.runs.add(run)
        work.commit()
    return [run.id for run in runs]


def waiting(units: LedgerUnits, *, limit: int = 100) -> list[RunId]:
    with units() as work:
        return list(work.outbox.waiting(limit=limit))


def unpublished(
    units: LedgerUnits, *, now: datetime, before: datetime, limit: int = 9
) -> list[RunId]:
    with units() as work:
        found = work.outbox.unpublished(now=now, before=before, limit=limit)
    return [place.run_id for place in found]


class OutboxContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    def test_nothing_waits_at_first(self, units: LedgerUnits) -> None:
        assert waiting(units) == []

    def test_runs_wait_in_the_order_of_their_arrival(self, units: LedgerUnits) -> None:
        runs = runs_kept(units, 5)
        for run_id in reversed(runs):
            with units() as work:
                work.outbox.add(run_id)
                work.commit()
        assert waiting(units) == runs[::-1]
        assert waiting(units, limit=2) == runs[:2:-1]
        assert waiting(units, limit=0) == []

    def test_a_run_stands_in_it_once_where_it_came_first(self, units: LedgerUnits) -> None:
        runs = runs_kept(units, 2)
        with units() as work:
            for run_id in (*runs, *runs):
                work.outbox.add(run_id)
            work.commit()
        assert waiting(units) == runs

    def test_what_is_taken_waits_no_more(self, units: LedgerUnits) -> None:
        runs = runs_kept(units, 3)
        with units() as work:
            for run_id in runs:
                work.outbox.add(run_id)
            work.outbox.take(runs[1])
            work.commit()
        assert waiting(units) == [runs[0], runs[2]]

    def test_a_run_that_was_taken_may_come_again_and_is_last(self, units: LedgerUnits) -> None:
        first, second = runs_kept(units, 2)
        with units() as work:
            work.outbox.add(first)
            work.outbox.add(second)
            work.outbox.take(first)
            work.outbox.add(first)
            work.commit()
        assert waiting(units) == [second, first]

    def test_taking_what_does_not_wait_does_nothing(self, units: LedgerUnits) -> None:
        (run_id,) = runs_kept(units, 1)
        with units() as work:
            work.outbox.add(run_id)
            work.outbox.take(RunId(uuid4()))
            work.commit()
        assert waiting(units) == [run_id]

    def test_leaving_without_commit_forgets(self, units: LedgerUnits) -> None:
        kept, other = runs_kept(units, 2)
        with units() as work:
            work.outbox.add(kept)
            work.commit()
        with units() as work:
            work.outbox.add(other)
            work.outbox.take(kept)
        assert waiting(units) == [kept]

    def test_a_run_is_ready_from_its_moment_on_and_waits_before(self, units: LedgerUnits) -> None:
        now, later, other = runs_kept(units, 3)
        with units() as work:
            work.outbox.add(later, ready_at=LATER)
            work.outbox.add(now, ready_at=NOON)
            work.outbox.add(other)
            work.commit()
        assert waiting(units) == [later, now, other]
        with units() as work:
            assert list(work.outbox.ready(now=NOON, limit=9)) == [now, other]
            assert list(work.outbox.ready(now=NOON, limit=1)) == [now]
            assert list(work.outbox.ready(now=LATER, limit=9)) == [later, now, other]

    def test_what_was_published_is_not_published_again_until_long_after(
        self, units: LedgerUnits
    ) -> None:
        """Hardening 47: a row stays until a worker takes it; only a long silence repeats it."""
        first, second, third = runs_kept(units, 3)
        with units() as work:
            work.outbox.add(first)
            work.outbox.add(second)
            work.outbox.add(third, ready_at=LATER)
            place = work.outbox.unpublished(now=NOON, before=NOON, limit=1)[0]
            work.outbox.mark_published([place.number, 2**40], at=NOON)
            work.commit()
        assert place.run_id == first
        assert unpublished(units, now=NOON, before=NOON) == [second]
        assert unpublished(units, now=LATER, before=NOON) == [second, third]
        assert unpublished(units, now=NOON, before=LATER) == [first, second]
        assert unpublished(units, now=NOON, before=LATER, limit=1) == [first]
        assert waiting(units) == [first, second, third]

    def test_what_was_published_and_not_taken_is_known(self, units: LedgerUnits) -> None:
        """R-502: so much is more than there are idle workers."""
        first, resting, second, unpublished_ = runs_kept(units, 4)

        def published(now: datetime, before: datetime, limit: int = 9) -> list[RunId]:
            with units() as work:
                return list(work.outbox.published(now=now, before=before, limit=limit))

        with units() as work:
            for run_id in (first, second, unpublished_):
                work.outbox.add(run_id)
            work.outbox.add(resting, ready_at=LATER)
            places = work.outbox.unpublished(now=LATER, before=NOON, limit=9)
            numbers = [place.number for place in places if place.run_id != unpublished_]
            work.outbox.mark_published(numbers, at=NOON)
            work.commit()
        assert published(NOON, NOON) == []
        assert published(NOON, LATER) == [first, second]
        assert published(LATER, LATER) == [first, second, resting]
        assert published(LATER, LATER, limit=1) == [first]

    def test_a_run_that_comes_again_is_published_again(self, units: LedgerUnits) -> None:
        """Also where its former place is said to be published only then."""
        run_id, other = runs_kept(units, 2)
        with units() as work:
            work.outbox.add(run_id)
            work.outbox.add(other)
            (place, _) = work.outbox.unpublished(now=NOON, before=NOON, limit=9)
            work.outbox.take(run_id)
            work.outbox.add(run_id)
            work.outbox.mark_published([place.number], at=NOON)
            work.commit()
        assert unpublished(units, now=NOON, before=NOON) == [other, run_id]

    def test_every_hold_puts_its_run_there_once(self, units: LedgerUnits) -> None:
        """Hardening 33: what was paid for is waiting to be published, whoever crashed since."""
        orders = [a_take_hold(a_rich_user(units), run_id=run_id) for run_id in runs_kept(units, 3)]
        for order in (*orders, *orders):
            booked(units, order)
        assert waiting(units) == [order.run_id for order in orders]

    def test_a_hold_asked_for_again_after_its_run_was_taken_does_not_queue_it_again(
        self, units: LedgerUnits
    ) -> None:
        """Hardening 33: exactly one start."""
        (run_id,) = runs_kept(units, 1)
        order = a_take_hold(a_rich_user(units), run_id=run_id)
        booked(units, order)
        with units() as work:
            work.outbox.take(run_id)
            work.commit()
        assert booked(units, order).again
        assert waiting(units) == []
