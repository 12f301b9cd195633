"""Reclaiming runs whose worker is gone: they wait again, and go on where they were (R-501)."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.workers import Workers
from application.retrying import Retrying

RUNS_MAX = 1000
"""So many at a time: more are never at work at once, and it is called again soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclaimRuns:
    """Puts back on the outbox what has neither ended nor waits, and whose lease is over.

    A lease is over when its time is, or at once when its owner surely is dead. Returns how many.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    workers: Workers
    retrying: Retrying

    def __call__(self) -> int:
        return self.retrying(self._reclaimed)

    def _reclaimed(self) -> int:
        now = self.clock.now()
        with self.unit_of_work() as work:
            lost = [
                run_id
                for run_id, lease in work.runs.unattended(limit=RUNS_MAX)
                if lease is None or not lease.is_live(now=now) or self.workers.is_dead(lease.owner)
            ]
            for run_id in lost:
                work.outbox.add(run_id)
            if lost:
                work.commit()
        return len(lost)
