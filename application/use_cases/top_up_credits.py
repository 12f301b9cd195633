"""Topping up: an administrator gives a user credits, paid for elsewhere or as a present."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.ledger import Receipt
from domain.ledger_orders import TopUp


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpCredits:
    """Books credits for a user, once under its key; UserNotFound for nobody."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying

    def __call__(self, order: TopUp) -> Receipt:
        return self.retrying(lambda: self._booked(order))

    def _booked(self, order: TopUp) -> Receipt:
        with self.unit_of_work() as work:
            work.users.get(order.user_id)
            receipt = work.ledger.top_up(order)
            work.commit()
        return receipt
