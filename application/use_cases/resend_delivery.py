"""Sending a delivery once more on its receiver's word."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.ledger import UserId
from domain.webhook import Delivery, DeliveryId


@dataclass(frozen=True, slots=True)
class ResendDelivery:
    """Has a delivery sent at the next round, whatever became of it so far; DeliveryNotFound."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    def __call__(self, user_id: UserId, delivery_id: DeliveryId) -> Delivery:
        with self.unit_of_work() as work:
            delivery = work.deliveries.get(user_id, delivery_id).resent(now=self.clock.now())
            work.deliveries.save(delivery)
            work.commit()
        return delivery
