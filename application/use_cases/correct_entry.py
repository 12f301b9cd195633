"""Correcting: an administrator undoes a charge or a top-up, and says why (R-608)."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.ledger import Receipt
from domain.ledger_orders import Correct


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEntry:
    """Books a compensating posting that names the original, once under its key."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying

    def __call__(self, order: Correct) -> Receipt:
        return self.retrying(lambda: self._booked(order))

    def _booked(self, order: Correct) -> Receipt:
        with self.unit_of_work() as work:
            receipt = work.ledger.correct(order)
            work.commit()
        return receipt
