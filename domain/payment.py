"""Payments: a user pays roubles for credits, and the provider tells what became of it (R-608)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID, uuid5

from domain.credits import Credits
from domain.errors import IdempotencyConflict, InvalidAmount, PaymentEnded, PaymentMismatch
from domain.ledger import UserId
from domain.ledger_orders import TopUp, check_key

PaymentId = NewType("PaymentId", UUID)

CURRENCY = "RUB"


class PaymentState(StrEnum):
    """A payment waits until its provider tells what became of it."""

    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    CANCELLED = "cancelled"


class PaymentOutcome(StrEnum):
    """What a provider tells of a payment."""

    SUCCEEDED = "succeeded"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentEvent:
    """Word from the provider: what became of a payment, and what was paid."""

    payment_id: PaymentId
    outcome: PaymentOutcome
    amount: Credits
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A user's intention to pay, and what became of it."""

    id: PaymentId
    user_id: UserId
    amount: Credits
    created_at: datetime
    state: PaymentState = PaymentState.WAITING
    ended_at: datetime | None = None

    def __post_init__(self) -> None:
        if not self.amount.kopecks:
            raise InvalidAmount("a payment of nothing")

    def must_be_of(self, amount: Credits) -> None:
        """Raises IdempotencyConflict when the same request now asks for another amount."""
        if amount != self.amount:
            raise IdempotencyConflict("the key was used for another amount")

    def must_wait(self) -> None:
        """Raises PaymentEnded when the provider has told its end: it is not paid a second time."""
        if self.state is not PaymentState.WAITING:
            raise PaymentEnded(f"the payment is {self.state}")

    def succeeded(self, event: PaymentEvent, *, now: datetime) -> "Payment":
        """Money came in. Also after a cancellation was told: what was paid is the user's.

        Raises PaymentMismatch when it is not the money that was asked for.
        """
        if (event.amount, event.currency) != (self.amount, CURRENCY):
            raise PaymentMismatch("another amount or currency was paid than was asked for")
        if self.state is PaymentState.SUCCEEDED:
            return self
        return replace(self, state=PaymentState.SUCCEEDED, ended_at=now)

    def cancelled(self, *, now: datetime) -> "Payment":
        """Nothing will come in; what has come in already stays."""
        if self.state is not PaymentState.WAITING:
            return self
        return replace(self, state=PaymentState.CANCELLED, ended_at=now)

    def top_up(self, *, now: datetime) -> TopUp:
        """The booking of this payment: roubles 1:1, under one key whoever asks how often."""
        key = f"payment:{self.id}"
        return TopUp(user_id=self.user_id, key=key, amount=self.amount, at=now)


def payment_id(user_id: UserId, key: str) -> PaymentId:
    """The id of what a user asks for under a key: the same request is the same payment."""
    check_key(key)
    return PaymentId(uuid5(user_id, key))
