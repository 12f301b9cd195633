"""Payments in SQL."""

from typing import Any

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql.payment_tables import payments
from domain.credits import Credits
from domain.errors import PaymentNotFound
from domain.ledger import UserId
from domain.payment import Payment, PaymentId, PaymentState


class SqlPayments:
    """Payments as rows (port `Payments`); a row that is read is locked until the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, payment: Payment) -> None:
        made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        row = {
            "id": payment.id,
            "user_id": payment.user_id,
            "kopecks": payment.amount.kopecks,
            "created_at": payment.created_at,
            "state": str(payment.state),
            "ended_at": payment.ended_at,
        }
        self._connection.execute(made.insert(payments).values(row).on_conflict_do_nothing())

    def get(self, payment_id: PaymentId) -> Payment:
        query = select(payments).where(payments.c.id == payment_id).with_for_update()
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise PaymentNotFound("no payment has this id")
        return Payment(
            id=PaymentId(row.id),
            user_id=UserId(row.user_id),
            amount=Credits(row.kopecks),
            created_at=row.created_at,
            state=PaymentState(row.state),
            ended_at=row.ended_at,
        )

    def save(self, payment: Payment) -> None:
        change = update(payments).where(payments.c.id == payment.id)
        state = {"state": str(payment.state), "ended_at": payment.ended_at}
        if self._connection.execute(change.values(state)).rowcount != 1:
            raise PaymentNotFound("no payment has this id")
