"""Which runs a worker takes up together with the one that it was given (R-502)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.batch import RUNS_MAX, Batch, Machine, WaitingRun, plan_batches
from domain.catalogue import Catalogue
from domain.identity import RunId
from domain.run import Run

LEFT_FOR = timedelta(seconds=2)
"""An idle worker takes a run at once, or looks ten times a second: what has waited for so long is
more than there are workers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBatches:
    """The batch of a run: itself, and short ones that wait because every worker is busy.

    `is_published` tells that runs come by a broker: one that was not published yet no idle worker
    could take. Without a component that asks models nothing is asked of the database. Nothing that
    is looked at is locked: workers that plan at the same moment would wait for each other.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    catalogue: Catalogue
    machine: Machine
    is_published: bool

    def __call__(self, run_id: RunId) -> Batch:
        served = {name for name in self.catalogue.names if self.catalogue[name].models}
        if not served:
            return Batch((run_id,), {})
        now = self.clock.now()
        with self.unit_of_work() as work:
            waiting = _free(work, [run_id, *self._left(work, run_id, now)], now)
            if not waiting or waiting[0][0].id != run_id:
                return Batch((run_id,), {})
            asking = [_asking(work, run, tries, served) for run, tries in waiting]
            rows = work.requirements.current()
        needed = {name: row for name, row in rows.items() if name in served}
        return plan_batches(asking, requirements=needed, machine=self.machine)[0]

    def _left(self, work: UnitOfWork, first: RunId, now: datetime) -> list[RunId]:
        """Runs that no idle worker has taken, in the order of their arrival."""
        before = now - LEFT_FOR
        if self.is_published:
            found: Sequence[RunId] = work.outbox.published(now=now, before=before, limit=RUNS_MAX)
        else:
            found = work.outbox.ready(now=now, limit=RUNS_MAX)
        known = work.history.unended(found)
        return [
            run_id
            for run_id in found
            if run_id != first and run_id in known and known[run_id].created_at <= before
        ]


def _free(work: UnitOfWork, run_ids: Sequence[RunId], now: datetime) -> list[tuple[Run, int]]:
    """Those that anybody may take up, in their order, and how often each was tried."""
    known = work.history.unended(run_ids)
    found = []
    for run in (known[run_id] for run_id in run_ids if run_id in known):
        lease = work.leases.current(run.id)
        if lease is None or not lease.is_live(now=now):
            found.append((run, 0 if lease is None else lease.tries))
    return found


def _asking(work: UnitOfWork, run: Run, tries: int, served: set[str]) -> WaitingRun:
    return WaitingRun(
        run_id=run.id,
        asks=frozenset(served & set(run.profile.component_names)),
        duration_s=_duration_s(work, run),
        tries=tries,
    )


def _duration_s(work: UnitOfWork, run: Run) -> float | None:
    """How long its video is, as the estimate was made by it; a run without one tells nothing."""
    if run.estimate_id is None:
        return None
    return work.estimates.get(run.estimate_id, user_id=run.user_id).size.duration_s
