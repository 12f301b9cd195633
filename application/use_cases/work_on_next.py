"""The embedded queue: the outbox itself, its runs taken in the order of their arrival."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from application.ports.cancellation import Cancellation
from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.use_cases.work_on_run import Worked
from domain.identity import RunId

LOOKED_AT_MAX = 32
"""More than this many workers do not share one embedded installation."""


class WorkOn(Protocol):
    """Works on one run, as `WorkOnRun` does."""

    def __call__(self, run_id: RunId, *, language: str, cancellation: Cancellation) -> Worked: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOnNext:
    """Works on the first run that is ready and that no other worker has just taken."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    work_on: WorkOn

    def __call__(self, *, language: str, cancellation: Cancellation) -> bool:
        """False where there was nothing to do."""
        with self.unit_of_work() as work:
            ready = work.outbox.ready(now=self.clock.now(), limit=LOOKED_AT_MAX)
        for run_id in ready:
            worked = self.work_on(run_id, language=language, cancellation=cancellation)
            if worked is not Worked.NOT_OURS:
                return True
        return False
