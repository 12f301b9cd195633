"""Booking what time has ended: credits past their date, and holds that nobody will settle."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireCredits:
    """Returns how many grants and holds were ended."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    retrying: Retrying

    def __call__(self) -> int:
        return self.retrying(self._expired)

    def _expired(self) -> int:
        with self.unit_of_work() as work:
            booked = work.ledger.expire(self.clock.now())
            work.commit()
        return booked
