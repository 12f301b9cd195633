"""Reclaiming runs whose worker is gone: they wait again, and go on where they were (R-501)."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.workers import Workers
from application.retrying import Retrying
from application.stopped_runs import stopped_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclaimRuns:
    """Puts back on the outbox what stopped without an end; returns how many runs."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    workers: Workers
    retrying: Retrying

    def __call__(self) -> int:
        return self.retrying(self._reclaimed)

    def _reclaimed(self) -> int:
        now = self.clock.now()
        with self.unit_of_work() as work:
            lost = stopped_runs(work, self.workers, now=now)
            for run_id in lost:
                work.outbox.add(run_id)
            if lost:
                work.commit()
        return len(lost)
