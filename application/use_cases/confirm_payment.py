"""Confirming a payment: what its provider tells of it is booked, once (R-608)."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.payment import Payment, PaymentEvent, PaymentOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPayment:
    """Books a payment that succeeded and remembers one that was cancelled.

    The same event again changes nothing, and so does a cancellation of what has been paid. Raises
    PaymentNotFound, PaymentMismatch, and InvalidAmount for more than anybody may own.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    retrying: Retrying

    def __call__(self, event: PaymentEvent) -> Payment:
        return self.retrying(lambda: self._confirmed(event))

    def _confirmed(self, event: PaymentEvent) -> Payment:
        now = self.clock.now()
        with self.unit_of_work() as work:
            payment = work.payments.get(event.payment_id)
            match event.outcome:
                case PaymentOutcome.SUCCEEDED:
                    payment = payment.succeeded(event, now=now)
                    work.ledger.top_up(payment.top_up(now=now))
                case PaymentOutcome.CANCELLED:
                    payment = payment.cancelled(now=now)
            work.payments.save(payment)
            work.commit()
        return payment
