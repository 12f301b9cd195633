"""The ledger on PostgreSQL: its functions move the money, one call an operation.

The functions are made by the migrations; `ledger_hold` is the whole of a hold, `ledger_book` books
what was computed from facts that were read under the lock of the user's account.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection

from adapters.sql import ledger_rows as rows
from adapters.sql.books import SqlBooks
from adapters.sql.outbox import SqlOutbox
from application.booking import BookedLedger, Operation
from domain.credits import Credits
from domain.errors import IdempotencyConflict, InsufficientCredits
from domain.ledger import Grant, Hold, HoldState, OperationKind, Posting, Receipt
from domain.ledger_orders import TakeHold, fingerprint

# Through the driver itself: it keeps what it was asked often as a prepared statement.
_HOLD = (
    "SELECT outcome, out_operation, out_at, out_subject, usable "
    "FROM ledger_hold(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_BOOK = "SELECT ledger_book(%s, %s, %s, %s, %s)"


class PostgresLedger(BookedLedger):
    """The operations of the port `Ledger`; a hold is one call of a function on the server."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(PostgresBooks(connection), SqlOutbox(connection))
        self._connection = connection

    def hold(self, order: TakeHold) -> Receipt:
        operation_id, hold_id = uuid4(), uuid4()
        asked = (
            order.user_id,
            order.key,
            fingerprint(order),
            operation_id,
            hold_id,
            order.run_id,
            order.kopecks,
            _json({name: line.kopecks for name, line in order.lines.items()}),
            order.at,
            order.expires_at,
        )
        answer = self._connection.exec_driver_sql(_HOLD, asked).one()
        kind = OperationKind.HOLD
        match answer.outcome:
            case "booked":
                return Receipt(operation_id=operation_id, kind=kind, at=order.at, subject=hold_id)
            case "again":
                return Receipt(
                    operation_id=answer.out_operation,
                    kind=kind,
                    at=answer.out_at,
                    subject=answer.out_subject,
                    again=True,
                )
            case "conflict":
                raise IdempotencyConflict("the key was used for something else")
        usable = str(Credits(answer.usable))
        raise InsufficientCredits(asked=str(Credits(order.kopecks)), available=usable)


class PostgresBooks(SqlBooks):
    """The books of one unit of work, written by one call of a function an operation."""

    def write(
        self,
        operation: Operation,
        postings: Sequence[Posting],
        *,
        grants: Iterable[Grant] = (),
        hold: Hold | None = None,
    ) -> None:
        if hold is not None and hold.state is HoldState.OPEN:
            raise ValueError("a hold begins in ledger_hold")
        written = (
            _json(rows.to_operation_row(operation)),
            _json([rows.to_posting_row(operation, posting) for posting in postings]),
            _json([rows.to_grant_row(operation.user_id, grant) for grant in grants]),
            hold.id if hold is not None else None,
            str(hold.state) if hold is not None else None,
        )
        self._connection.exec_driver_sql(_BOOK, written)


def _json(content: object) -> str:
    return json.dumps(content, default=_spelled, allow_nan=False)


def _spelled(value: Any) -> str:
    match value:
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat()
    raise TypeError(f"not a value of a column: {type(value).__name__}")
