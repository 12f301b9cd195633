"""How busy an installation is, for those who run it."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.figures import Totals
from application.ports.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ReadQueue:
    """Counts what waits and what is at work at this moment."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    def __call__(self) -> Totals:
        with self.unit_of_work() as work:
            return work.figures.totals(self.clock.now())
