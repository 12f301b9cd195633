"""Forgetting estimates that nobody started by: each tick in a profile makes one (R-201)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying

KEPT_FOR = timedelta(days=1)
"""So long somebody who comes back is told that it has expired, and not that it never was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireEstimates:
    """Gives how many went; what a run is charged by stays with the run."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock

    def __call__(self) -> int:
        return self.retrying(self._expired)

    def _expired(self) -> int:
        with self.unit_of_work() as work:
            gone = work.estimates.expire(before=self.clock.now() - KEPT_FOR)
            work.commit()
        return gone
