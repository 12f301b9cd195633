"""The books of the ledger in SQL."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql import ledger_rows as rows
from adapters.sql import ledger_tables as tables
from adapters.sql.due import due_grants, due_holds
from application.booking import Operation
from domain.bookkeeping import sum_of
from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import Account, Balance, Entry, Grant, GrantId, Hold, HoldId, Posting, UserId

_NUMBER_MAX = 2**63 - 1


class SqlBooks:
    """The books of one unit of work (protocol `Books`).

    On PostgreSQL the row of a user's account is their lock. SQLite has one writer at a time from
    the start of its transaction, so that locking is to be had for nothing there.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, user_id: UserId) -> Balance:
        nothing = {"user_id": user_id, "available_kopecks": 0, "held_kopecks": 0}
        row = self._insert(tables.accounts).values(nothing)
        self._connection.execute(row.on_conflict_do_nothing())
        return self._balance(user_id, locked=True)

    def balance(self, user_id: UserId) -> Balance:
        return self._balance(user_id, locked=False)

    def operation(self, user_id: UserId, key: str) -> Operation | None:
        columns = tables.ledger_operations.c
        query = select(tables.ledger_operations)
        found = self._one(query.where(columns.user_id == user_id, columns.key == key))
        return None if found is None else rows.to_operation(found)

    def grants(self, user_id: UserId) -> Mapping[GrantId, Grant]:
        query = select(tables.grants).where(tables.grants.c.user_id == user_id)
        found = self._connection.execute(query).mappings()
        return {GrantId(row["id"]): rows.to_grant(row) for row in found}

    def hold(self, user_id: UserId, hold_id: HoldId) -> Hold | None:
        columns = tables.holds.c
        query = select(tables.holds).where(columns.user_id == user_id, columns.id == hold_id)
        found = self._one(query)
        return None if found is None else rows.to_hold(found)

    def hold_of(self, user_id: UserId, run_id: RunId) -> Hold | None:
        columns = tables.holds.c
        query = select(tables.holds).where(columns.user_id == user_id, columns.run_id == run_id)
        found = self._one(query.order_by(columns.number.desc()).limit(1))
        return None if found is None else rows.to_hold(found)

    def entry(self, user_id: UserId, number: int) -> Entry | None:
        # A number no column can hold was never given.
        if not 0 < number <= _NUMBER_MAX:
            return None
        found = self._one(_entries(user_id).where(tables.billing_ledger.c.number == number))
        return None if found is None else rows.to_entry(found)

    def entries(self, user_id: UserId, *, run_id: RunId | None) -> Sequence[Entry]:
        query = _entries(user_id, run_id).order_by(tables.billing_ledger.c.number)
        return [rows.to_entry(row) for row in self._connection.execute(query).mappings()]

    def latest(
        self, user_id: UserId, *, run_id: RunId | None, before: int | None, limit: int
    ) -> Sequence[Entry]:
        number = tables.billing_ledger.c.number
        query = _entries(user_id, run_id).order_by(number.desc()).limit(limit)
        if before is not None:
            query = query.where(number < before)
        return [rows.to_entry(row) for row in self._connection.execute(query).mappings()]

    def corrected_kopecks(self, number: int) -> int:
        columns = tables.billing_ledger.c
        total = select(func.sum(columns.kopecks)).where(
            columns.corrects == number, columns.kopecks > 0
        )
        return int(self._connection.execute(total).scalar_one() or 0)

    def due_grants(self, now: datetime) -> Mapping[UserId, Sequence[GrantId]]:
        return due_grants(self._connection, now)

    def due_holds(self, now: datetime) -> Mapping[UserId, Sequence[HoldId]]:
        return due_holds(self._connection, now)

    def write(
        self,
        operation: Operation,
        postings: Sequence[Posting],
        *,
        grants: Iterable[Grant] = (),
        hold: Hold | None = None,
    ) -> None:
        row = rows.to_operation_row(operation)
        self._connection.execute(insert(tables.ledger_operations).values(row))
        # One by one: the numbers of a statement of many rows are in no promised order.
        for posting in postings:
            row = rows.to_posting_row(operation, posting)
            self._connection.execute(insert(tables.billing_ledger).values(row))
        self._move(operation.user_id, postings)
        for grant in grants:
            change = self._insert(tables.grants).values(rows.to_grant_row(operation.user_id, grant))
            self._connection.execute(
                change.on_conflict_do_update(index_elements=["id"], set_=rows.to_grant_state(grant))
            )
        if hold is not None:
            self._put(hold)

    def _move(self, user_id: UserId, postings: Sequence[Posting]) -> None:
        columns = tables.accounts.c
        available, held = (sum_of(postings, a) for a in (Account.AVAILABLE, Account.HELD))
        moved = {
            columns.available_kopecks: columns.available_kopecks + available,
            columns.held_kopecks: columns.held_kopecks + held,
        }
        change = update(tables.accounts).where(columns.user_id == user_id).values(moved)
        self._connection.execute(change)

    def _put(self, hold: Hold) -> None:
        columns = tables.holds.c
        state = {"state": str(hold.state)}
        change = update(tables.holds).where(columns.id == hold.id).values(state)
        if self._connection.execute(change).rowcount:
            return
        self._connection.execute(insert(tables.holds).values(rows.to_hold_row(hold)))

    def _balance(self, user_id: UserId, *, locked: bool) -> Balance:
        columns = tables.accounts.c
        query = select(columns.available_kopecks, columns.held_kopecks)
        query = query.where(columns.user_id == user_id)
        found = self._one(query.with_for_update() if locked else query)
        if found is None:
            return Balance(Credits(0), Credits(0))
        return Balance(Credits(found["available_kopecks"]), Credits(found["held_kopecks"]))

    def _one(self, query: Select[Any]) -> Any:
        return self._connection.execute(query).mappings().one_or_none()

    def _insert(self, table: Any) -> Any:
        made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        return made.insert(table)


def _entries(user_id: UserId, run_id: RunId | None = None) -> Select[Any]:
    postings, operations = tables.billing_ledger, tables.ledger_operations
    query = (
        select(postings, operations.c.kind, operations.c.at, operations.c.note)
        .join(operations, operations.c.id == postings.c.operation_id)
        .where(postings.c.user_id == user_id)
    )
    return query if run_id is None else query.where(postings.c.run_id == run_id)
