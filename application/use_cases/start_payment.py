"""Starting a payment: a user says how much, and is told where to pay (R-608)."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.payment_provider import PaymentProvider
from application.ports.unit_of_work import UnitOfWork
from domain.credits import Credits
from domain.ledger import UserId
from domain.payment import Payment, PaymentId, payment_id


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereToPay:
    """A payment that waits, and the page on which it is paid."""

    payment_id: PaymentId
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPayment:
    """Makes a payment, once under its key, and asks the provider to take it.

    Raises UserNotFound, InvalidAmount, IdempotencyConflict, and AdapterError when the provider
    fails: the payment is kept, and the same request again asks the provider again.
    """

    unit_of_work: Callable[[], UnitOfWork]
    provider: PaymentProvider
    clock: Clock

    def __call__(self, user_id: UserId, amount: Credits, *, key: str) -> WhereToPay:
        asked = Payment(
            id=payment_id(user_id, key),
            user_id=user_id,
            amount=amount,
            created_at=self.clock.now(),
        )
        with self.unit_of_work() as work:
            work.users.get(user_id)
            work.payments.add(asked)
            payment = work.payments.get(asked.id)
            payment.must_be_of(amount)
            payment.must_wait()
            work.commit()
        return WhereToPay(payment_id=payment.id, url=self.provider.create(payment))
