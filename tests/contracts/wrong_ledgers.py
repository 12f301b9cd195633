"""Five deliberately wrong ledgers: each is a mistake that is easily made, and must be caught."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from sqlalchemy import Connection, Engine, update

from adapters.memory.books import MemoryBooks
from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.books import SqlBooks
from adapters.sql.ledger_tables import accounts
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.booking import BookedLedger, Books, Operation
from domain.bookkeeping import sum_of
from domain.credits import Credits
from domain.ledger import (
    Account,
    Balance,
    Grant,
    GrantId,
    Hold,
    HoldState,
    Posting,
    Receipt,
    UserId,
)
from domain.ledger_orders import Settle
from tests.contracts.ledger_acts import LedgerUnits

PAUSE_S = 0.1
"""Between what is read and what is done about it: long enough for everybody to have read."""


class Unlocked(SqlBooks):
    """Sees to it that there is an account, and does not lock it."""

    def lock(self, user_id: UserId) -> Balance:
        nothing = {"user_id": user_id, "available_kopecks": 0, "held_kopecks": 0}
        self._connection.execute(self._insert(accounts).values(nothing).on_conflict_do_nothing())
        seen = self.balance(user_id)
        time.sleep(PAUSE_S)
        return seen


class CheckThenAct(Unlocked):
    """Looks whether there is enough, and takes it as if nobody else could have come between."""

    def grants(self, user_id: UserId) -> Mapping[GrantId, Grant]:
        grants = super().grants(user_id)
        time.sleep(PAUSE_S)
        return grants


class ReadModifyWrite(Unlocked):
    """Writes the balance that it has computed, not the difference that it means."""

    def lock(self, user_id: UserId) -> Balance:
        self._seen = super().lock(user_id)
        return self._seen

    def write(
        self,
        operation: Operation,
        postings: Sequence[Posting],
        *,
        grants: Iterable[Grant] = (),
        hold: Hold | None = None,
    ) -> None:
        mine = accounts.c.user_id == operation.user_id
        enough = update(accounts).where(mine).values(available_kopecks=10**6)
        self._connection.execute(enough)  # so that the guard of the table sees no harm in it
        super().write(operation, postings, grants=grants, hold=hold)
        after = {
            "available_kopecks": self._seen.available.kopecks + sum_of(postings, Account.AVAILABLE),
            "held_kopecks": self._seen.held.kopecks + sum_of(postings, Account.HELD),
        }
        self._connection.execute(update(accounts).where(mine).values(after))


class GuardBeforeLock(SqlBooks):
    """Takes the lock, but decides by what it read before it had it."""

    def lock(self, user_id: UserId) -> Balance:
        self._seen = {user_id: super().grants(user_id)}
        time.sleep(PAUSE_S)
        return super().lock(user_id)

    def grants(self, user_id: UserId) -> Mapping[GrantId, Grant]:
        return self._seen[user_id]


class SettleAboveHold(BookedLedger):
    """Minds that no more is charged than was held in all, not that each line covers its charge."""

    def settle(self, order: Settle) -> Receipt:
        hold = self._books.hold(order.user_id, order.hold_id)
        if hold is None or hold.state is not HoldState.OPEN:
            return super().settle(order)
        charged = {name: end.charged for name, end in order.outcomes.items()}
        rest = hold.kopecks - sum(charge.kopecks for charge in charged.values())
        moved = replace(hold, lines={**charged, "rest": Credits(max(rest, 0))})
        kept = self._books
        self._books = _WithHold(kept, moved)
        try:
            return super().settle(order)
        finally:
            self._books = kept


class _WithHold:
    """Books that show one hold as somebody would like it to be."""

    def __init__(self, books: Books, hold: Hold) -> None:
        self._books = books
        self._hold = hold

    def __getattr__(self, name: str) -> Any:
        return getattr(self._books, name)

    def hold(self, *_: object) -> Hold:
        return self._hold


class KeysKeptApart(MemoryBooks):
    """Keeps the keys in a place that no transaction takes back."""

    keys: dict[tuple[UserId, str], Operation]

    def operation(self, user_id: UserId, key: str) -> Operation | None:
        return self.keys.get((user_id, key))

    def write(
        self,
        operation: Operation,
        postings: Sequence[Posting],
        *,
        grants: Iterable[Grant] = (),
        hold: Hold | None = None,
    ) -> None:
        if operation.key is not None:
            self.keys[operation.user_id, operation.key] = operation
        super().write(operation, postings, grants=grants, hold=hold)


def wrong_in_sql(engine: Engine, books: Callable[[Connection], Books]) -> LedgerUnits:
    """Units of work over PostgreSQL in which the books are replaced by wrong ones."""

    class Work(SqlUnitOfWork):
        @property
        def ledger(self) -> BookedLedger:
            return BookedLedger(books(self._connection), self.outbox)

    return lambda: Work(engine)


def wrong_in_memory(
    books: type[MemoryBooks] = MemoryBooks, ledger: type[BookedLedger] = BookedLedger
) -> LedgerUnits:
    """Units of work in memory in which the books, or the ledger over them, are wrong ones."""
    database = MemoryDatabase()

    class Work(MemoryUnitOfWork):
        def __enter__(self) -> Self:
            entered = super().__enter__()
            self._ledger = ledger(books(self._kept), self._outbox)
            return entered

    return lambda: Work(database)


def settling_above_hold() -> LedgerUnits:
    return wrong_in_memory(ledger=SettleAboveHold)


def keeping_keys_apart() -> LedgerUnits:
    class Books(KeysKeptApart):
        keys: dict[tuple[UserId, str], Operation] = {}  # noqa: RUF012 - shared is the mistake

    return wrong_in_memory(Books)
