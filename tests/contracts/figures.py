"""What everybody who counts an installation must do."""

from abc import ABC, abstractmethod
from datetime import timedelta

import pytest

from application.ports.figures import EndedComponent
from domain.run import Run
from domain.webhook import DeliveryState
from tests.builders import NOON, a_component_run, a_failure, a_profile, a_run
from tests.contracts.ledger_acts import LedgerUnits
from tests.hooks import a_delivery, a_webhook, an_ended_run

MINUTE = timedelta(minutes=1)


def kept(units: LedgerUnits, *runs: Run) -> None:
    with units() as work:
        for run in runs:
            work.runs.add(run)
        work.commit()


class FiguresContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    def test_nothing_is_counted_where_nothing_is(self, units: LedgerUnits) -> None:
        with units() as work:
            totals = work.figures.totals(NOON)
            assert work.figures.ended(since=NOON - MINUTE, limit=9) == []
        assert (totals.runs, totals.deliveries, totals.uploads) == ({}, {}, {})
        assert (totals.queue_length, totals.workers) == (0, 0)

    def test_runs_are_counted_by_status(self, units: LedgerUnits) -> None:
        ended = [an_ended_run(status=status) for status in ("ok", "ok", "error", "cancelled")]
        kept(units, a_run(), a_run(), a_run(), *ended)
        with units() as work:
            totals = work.figures.totals(NOON)
        assert totals.runs == {"queued": 3, "ok": 2, "error": 1, "cancelled": 1}
        assert totals.queue_length == 3

    def test_workers_are_owners_of_leases_in_force(self, units: LedgerUnits) -> None:
        runs = [a_run() for _ in range(4)]
        kept(units, *runs)
        with units() as work:
            for run, owner in zip(runs, ("one", "one", "two", "gone"), strict=True):
                at = NOON - timedelta(hours=owner == "gone")
                work.leases.take(run.id, owner=owner, now=at, owner_is_dead=False)
            work.commit()
        with units() as work:
            assert work.figures.totals(NOON).workers == 2

    def test_deliveries_are_counted_by_state(self, units: LedgerUnits) -> None:
        webhook = a_webhook()
        states = [DeliveryState.WAITING, DeliveryState.DELIVERED, DeliveryState.DELIVERED]
        with units() as work:
            work.webhooks.add(webhook)
            for state in states:
                work.deliveries.add(a_delivery(webhook, state=state))
            work.commit()
        with units() as work:
            assert work.figures.totals(NOON).deliveries == {"waiting": 1, "delivered": 2}

    def test_ended_runs_tell_how_long_they_waited_and_took(self, units: LedgerUnits) -> None:
        run = a_run(profile=a_profile("loudness", "shots"), created_at=NOON - 2 * MINUTE)
        run.start(now=NOON - MINUTE)
        run.end_component(a_component_run("loudness"), now=NOON)
        run.fail(a_failure(code="timed_out"), now=NOON)
        kept(units, run, a_run(), an_ended_run(at=NOON - MINUTE))
        with units() as work:
            [found] = work.figures.ended(since=NOON, limit=9)
        assert (found.run_id, found.status, found.code) == (run.id, "error", "timed_out")
        assert (found.wait_s, found.finished_at) == (60.0, NOON)
        assert found.components == (
            EndedComponent("loudness", "ok", 12, ""),
            EndedComponent("shots", "skipped", 0, ""),
        )

    def test_a_run_that_was_given_up_while_it_waited_waited_for_no_worker(
        self, units: LedgerUnits
    ) -> None:
        kept(units, an_ended_run(status="cancelled"))
        with units() as work:
            [found] = work.figures.ended(since=NOON, limit=9)
        assert (found.wait_s, found.code) == (None, "cancelled")

    def test_the_earliest_end_comes_first(self, units: LedgerUnits) -> None:
        late, early = an_ended_run(at=NOON + MINUTE), an_ended_run(at=NOON)
        kept(units, late, early)
        with units() as work:
            found = [one.run_id for one in work.figures.ended(since=NOON, limit=9)]
            assert found == [early.id, late.id]
            assert len(work.figures.ended(since=NOON, limit=1)) == 1
