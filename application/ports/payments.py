"""Payments by which users top up."""

from typing import Protocol

from domain.payment import Payment, PaymentId


class Payments(Protocol):
    """All payments, within one unit of work.

    Contract (tests/contracts/payments.py): a payment added under a known id changes nothing; `get`
    keeps the payment to this unit of work until its end; an unknown id raises `PaymentNotFound`.
    """

    def add(self, payment: Payment) -> None: ...

    def get(self, payment_id: PaymentId) -> Payment: ...

    def save(self, payment: Payment) -> None:
        """Keeps the state of a payment; what it is of and whose never changes."""
        ...
