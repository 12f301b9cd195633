"""Payments in memory."""

from adapters.memory.database import Kept
from domain.errors import PaymentNotFound
from domain.payment import Payment, PaymentId


class MemoryPayments:
    """Payments in a dictionary (port `Payments`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, payment: Payment) -> None:
        self._kept.payments.setdefault(payment.id, payment)

    def get(self, payment_id: PaymentId) -> Payment:
        try:
            return self._kept.payments[payment_id]
        except KeyError:
            raise PaymentNotFound("no payment has this id") from None

    def save(self, payment: Payment) -> None:
        self.get(payment.id)
        self._kept.payments[payment.id] = payment
