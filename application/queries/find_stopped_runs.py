"""Which runs stopped without an end, for whoever may go on with them."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.workers import Workers
from application.stopped_runs import stopped_runs
from domain.identity import RunId


@dataclass(frozen=True, slots=True)
class FindStoppedRuns:
    """Looks whose lease is over; changes nothing."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    workers: Workers

    def __call__(self) -> frozenset[RunId]:
        with self.unit_of_work() as work:
            return frozenset(stopped_runs(work, self.workers, now=self.clock.now()))
