"""What Prometheus is told is what has happened: every figure against a known truth."""

from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from adapters.memory.clock import FixedClock
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from application.errors import AdapterError
from application.ports.unit_of_work import UnitOfWork
from domain.component import ComponentStatus
from domain.run import Run
from domain.webhook import DeliveryState
from entrypoints.observability.figures import LATE, Counts, InstallationFigures
from tests.builders import a_component_run, a_failure, a_profile, a_run
from tests.hooks import a_delivery, a_webhook, an_ended_run


class Watched:
    """An installation in memory and what is told of it."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.database = MemoryDatabase()
        self.is_away = False
        self.registry = CollectorRegistry()
        InstallationFigures(self.units, self.clock, registry=self.registry)

    def units(self) -> UnitOfWork:
        if self.is_away:
            raise AdapterError("gone", code="database_unavailable", retryable=True)
        return MemoryUnitOfWork(self.database)

    def keep(self, *runs: Run) -> None:
        with self.units() as work:
            for run in runs:
                work.runs.add(run)
            work.commit()

    def told(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(name, labels)

    def ended_after(self, wait_s: float, *, failed: bool = False) -> Run:
        """A run that waited so long, and whose loudness took 12 ms."""
        now = self.clock.now()
        run = a_run(profile=a_profile("loudness"), created_at=now - timedelta(seconds=wait_s))
        run.start(now=now)
        if failed:
            broken = a_component_run("loudness", status=ComponentStatus.ERROR)
            run.end_component(broken, now=now)
            run.fail(a_failure(code="run_timed_out"), now=now)
        else:
            run.end_component(a_component_run("loudness"), now=now)
            run.finish(now=now)
        return run


@pytest.fixture
def watched() -> Watched:
    return Watched()


def test_runs_are_told_by_their_end_and_the_queue_by_its_length(watched: Watched) -> None:
    """R-903."""
    watched.keep(a_run(), a_run(), an_ended_run(status="cancelled"))
    watched.keep(*(an_ended_run(status=status) for status in ("ok", "ok", "ok", "error")))
    assert watched.told("runs_total", status="ok") == 3
    assert watched.told("runs_total", status="error") == 1
    assert watched.told("runs_total", status="cancelled") == 1
    assert watched.told("runs_success_rate") == 0.75
    assert watched.told("queue_length") == 2
    assert watched.told("runs_running") == 0
    assert watched.told("database_up") == 1


def test_there_is_no_rate_of_success_before_there_is_an_end(watched: Watched) -> None:
    watched.keep(a_run(), an_ended_run(status="cancelled"))
    assert watched.told("runs_success_rate") is None
    assert watched.told("runs_total", status="ok") == 0


def test_workers_are_those_at_a_run(watched: Watched) -> None:
    runs = [a_run() for _ in range(3)]
    watched.keep(*runs)
    with watched.units() as work:
        for run, owner in zip(runs, ("one", "one", "two"), strict=True):
            work.leases.take(run.id, owner=owner, now=watched.clock.now(), owner_is_dead=False)
        work.commit()
    assert watched.told("worker_count") == 2
    watched.clock.moment += timedelta(hours=1)
    assert watched.told("worker_count") == 0


def test_waits_and_durations_are_those_of_runs_that_ended_meanwhile(watched: Watched) -> None:
    watched.keep(watched.ended_after(3.0), watched.ended_after(40.0))
    assert watched.told("queue_wait_seconds_count") == 2
    assert watched.told("queue_wait_seconds_sum") == pytest.approx(43.0)
    assert watched.told("queue_wait_seconds_bucket", le="5.0") == 1
    assert watched.told("queue_wait_seconds_bucket", le="60.0") == 2
    name = "component_duration_seconds"
    labels = {"component": "loudness", "status": "ok"}
    assert watched.told(f"{name}_count", **labels) == 2
    assert watched.told(f"{name}_sum", **labels) == pytest.approx(0.024)


def test_a_run_is_counted_once_however_often_is_asked(watched: Watched) -> None:
    for expected in (1, 2, 3):
        watched.keep(watched.ended_after(1.0))
        for _ in range(2):
            assert watched.told("queue_wait_seconds_count") == expected
        watched.clock.moment += LATE


def test_an_end_whose_commit_came_late_is_counted_too(watched: Watched) -> None:
    late = watched.ended_after(1.0)
    watched.clock.moment += LATE / 2
    watched.keep(watched.ended_after(1.0))
    assert watched.told("queue_wait_seconds_count") == 1
    watched.keep(late)
    assert watched.told("queue_wait_seconds_count") == 2


def test_what_ended_before_the_process_began_is_not_counted_again(watched: Watched) -> None:
    before = watched.ended_after(1.0)
    watched.clock.moment += timedelta(seconds=1)
    watched.keep(before)
    watched.registry = CollectorRegistry()
    InstallationFigures(watched.units, watched.clock, registry=watched.registry)
    assert watched.told("queue_wait_seconds_count") == 0
    assert watched.told("runs_total", status="ok") == 1


def test_errors_are_told_by_their_code(watched: Watched) -> None:
    watched.keep(watched.ended_after(1.0, failed=True), watched.ended_after(1.0))
    watched.keep(an_ended_run(at=watched.clock.now(), status="cancelled"))
    assert watched.told("errors_total", code="run_timed_out", what="run") == 1
    assert watched.told("errors_total", code="measurement_failed", what="component") == 1
    assert watched.told("errors_total", code="cancelled", what="run") is None


def test_deliveries_are_told_by_their_state(watched: Watched) -> None:
    webhook = a_webhook()
    with watched.units() as work:
        work.webhooks.add(webhook)
        for state in (DeliveryState.WAITING, DeliveryState.GIVEN_UP, DeliveryState.GIVEN_UP):
            work.deliveries.add(a_delivery(webhook, state=state))
        work.commit()
    assert watched.told("webhook_deliveries", state="waiting") == 1
    assert watched.told("webhook_deliveries", state="given_up") == 2


def test_a_database_that_is_away_is_not_told_as_an_empty_queue(watched: Watched) -> None:
    watched.is_away = True
    assert watched.told("database_up") == 0
    assert watched.told("queue_length") is None
    watched.is_away = False
    assert watched.told("queue_length") == 0


@pytest.mark.parametrize(("code", "hits"), [("rate_limited", 1.0), ("invalid_link", 0.0)])
def test_refusals_are_counted_by_code_and_hits_of_the_hourly_limit_apart(
    code: str, hits: float
) -> None:
    """R-607."""
    counts: Any = Counts()
    counts.refused(code)
    assert counts.registry.get_sample_value("refusals_total", {"code": code}) == 1
    assert counts.registry.get_sample_value("rate_limit_hits_total") == hits
