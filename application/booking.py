"""Carrying out an order on the ledger: once under its key, from the postings of the domain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

from application.ports.outbox import Outbox
from domain import bookkeeping
from domain.credits import Credits
from domain.errors import EntryNotFound, HoldNotFound, IdempotencyConflict
from domain.identity import RunId
from domain.ledger import (
    Account,
    Balance,
    Entry,
    Grant,
    GrantId,
    Hold,
    HoldId,
    HoldState,
    OperationKind,
    Posting,
    Receipt,
    UserId,
)
from domain.ledger_orders import Correct, Order, Release, Settle, TakeHold, TopUp, fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One act on the ledger, as it is kept beside its postings.

    An act that nobody asked for, such as an expiry, has no `key` and no `fingerprint`.
    """

    id: UUID
    kind: OperationKind
    user_id: UserId
    at: datetime
    subject: UUID | None = None
    run_id: RunId | None = None
    note: str = ""
    key: str | None = None
    fingerprint: str = ""

    @property
    def receipt(self) -> Receipt:
        return Receipt(operation_id=self.id, kind=self.kind, at=self.at, subject=self.subject)


class Books(Protocol):
    """Where operations, grants, holds and entries are kept, inside one transaction."""

    def lock(self, user_id: UserId) -> Balance:
        """The user's balance; from now to the end of the transaction nobody else moves it."""
        ...

    def operation(self, user_id: UserId, key: str) -> Operation | None: ...

    def grants(self, user_id: UserId) -> Mapping[GrantId, Grant]: ...

    def hold(self, user_id: UserId, hold_id: HoldId) -> Hold | None: ...

    def entry(self, user_id: UserId, number: int) -> Entry | None: ...

    def corrected_kopecks(self, number: int) -> int:
        """The sum of the corrections of an entry so far."""
        ...

    def due_grants(self, now: datetime) -> Mapping[UserId, Sequence[GrantId]]:
        """Grants that have expired with something available left."""
        ...

    def due_holds(self, now: datetime) -> Mapping[UserId, Sequence[HoldId]]:
        """Open holds past their time whose run is neither queued nor under a live lease."""
        ...

    def balance(self, user_id: UserId) -> Balance: ...

    def hold_of(self, user_id: UserId, run_id: RunId) -> Hold | None:
        """The newest hold of a run."""
        ...

    def entries(self, user_id: UserId, *, run_id: RunId | None) -> Sequence[Entry]: ...

    def latest(
        self, user_id: UserId, *, run_id: RunId | None, before: int | None, limit: int
    ) -> Sequence[Entry]: ...

    def write(
        self,
        operation: Operation,
        postings: Sequence[Posting],
        *,
        grants: Iterable[Grant] = (),
        hold: Hold | None = None,
    ) -> None:
        """Adds the operation and its postings, moves the user's balance by them, and puts the
        grants and the hold, as they are now, in the place of what was kept of them."""
        ...


class BookedLedger:
    """The operations of the port `Ledger`, over the books of one transaction."""

    def __init__(self, books: Books, outbox: Outbox) -> None:
        self._books = books
        self._outbox = outbox

    def top_up(self, order: TopUp) -> Receipt:
        balance = self._books.lock(order.user_id)
        if (earlier := self._earlier(order)) is not None:
            return earlier
        _check_room(balance, order.amount)
        grant = Grant(
            id=GrantId(uuid4()),
            kind=order.kind,
            granted_at=order.at,
            expires_at=order.expires_at,
            available_kopecks=order.amount.kopecks,
        )
        operation = _operation(order, OperationKind.TOP_UP, subject=grant.id, note=order.note)
        self._books.write(operation, bookkeeping.topped_up(order, grant.id), grants=[grant])
        return operation.receipt

    def hold(self, order: TakeHold) -> Receipt:
        self._books.lock(order.user_id)
        if (earlier := self._earlier(order)) is not None:
            return earlier
        grants = self._books.grants(order.user_id)
        parts = bookkeeping.drawn(grants.values(), order.kopecks, now=order.at)
        hold = Hold(
            id=HoldId(uuid4()),
            user_id=order.user_id,
            run_id=order.run_id,
            state=HoldState.OPEN,
            lines=dict(order.lines),
            parts=parts,
            expires_at=order.expires_at,
        )
        operation = _operation(order, OperationKind.HOLD, subject=hold.id, run_id=order.run_id)
        self._write(operation, bookkeeping.held(parts), grants, hold)
        self._outbox.add(order.run_id)
        return operation.receipt

    def settle(self, order: Settle) -> Receipt:
        self._books.lock(order.user_id)
        if (earlier := self._earlier(order)) is not None:
            return earlier
        hold, grants = self._held(order.user_id, order.hold_id)
        postings = bookkeeping.settled(hold, order.outcomes, grants, now=order.at)
        operation = _operation(order, OperationKind.SETTLE, subject=hold.id, run_id=hold.run_id)
        self._write(operation, postings, grants, replace(hold, state=HoldState.SETTLED))
        return operation.receipt

    def release(self, order: Release) -> Receipt:
        self._books.lock(order.user_id)
        if (earlier := self._earlier(order)) is not None:
            return earlier
        hold, grants = self._held(order.user_id, order.hold_id)
        postings = bookkeeping.released(hold, order.reason, grants, now=order.at)
        operation = _operation(order, OperationKind.RELEASE, subject=hold.id, run_id=hold.run_id)
        self._write(operation, postings, grants, replace(hold, state=HoldState.RELEASED))
        return operation.receipt

    def correct(self, order: Correct) -> Receipt:
        balance = self._books.lock(order.user_id)
        if (earlier := self._earlier(order)) is not None:
            return earlier
        original = self._books.entry(order.user_id, order.entry)
        if original is None:
            raise EntryNotFound(f"no entry {order.entry}")
        grants = self._books.grants(order.user_id)
        postings = bookkeeping.corrected(
            order,
            original,
            grants[original.posting.grant_id],
            corrected_kopecks=self._books.corrected_kopecks(order.entry),
        )
        if original.posting.account is Account.REVENUE:
            _check_room(balance, order.amount)
        operation = _operation(
            order, OperationKind.CORRECT, run_id=original.run_id, note=order.reason
        )
        self._write(operation, postings, grants, None)
        return operation.receipt

    def expire(self, now: datetime) -> int:
        holds, grants = self._books.due_holds(now), self._books.due_grants(now)
        booked = 0
        # Users in the order of their ids: two of these at once never wait for each other. A
        # user's holds come first: what returns of them to an expired grant goes with it at once.
        for user_id in sorted({*holds, *grants}):
            self._books.lock(user_id)
            booked += sum(self._expire_hold(user_id, hold, now) for hold in holds.get(user_id, ()))
            booked += sum(
                self._expire_grant(user_id, grant, now) for grant in grants.get(user_id, ())
            )
        return booked

    def balance(self, user_id: UserId) -> Balance:
        return self._books.balance(user_id)

    def grants(self, user_id: UserId) -> Sequence[Grant]:
        grants = self._books.grants(user_id).values()
        return sorted(grants, key=lambda grant: (grant.granted_at, grant.id))

    def hold_of(self, user_id: UserId, run_id: RunId) -> Hold | None:
        return self._books.hold_of(user_id, run_id)

    def hold_under(self, user_id: UserId, key: str) -> Hold | None:
        operation = self._books.operation(user_id, key)
        if operation is None or operation.kind is not OperationKind.HOLD:
            return None
        return self._books.hold(user_id, HoldId(operation.subject)) if operation.subject else None

    def entries(self, user_id: UserId, *, run_id: RunId | None = None) -> Sequence[Entry]:
        return self._books.entries(user_id, run_id=run_id)

    def latest(
        self, user_id: UserId, *, run_id: RunId | None, before: int | None, limit: int
    ) -> Sequence[Entry]:
        return self._books.latest(user_id, run_id=run_id, before=before, limit=limit)

    def _expire_hold(self, user_id: UserId, hold_id: HoldId, now: datetime) -> int:
        hold, grants = self._held(user_id, hold_id)
        if hold.state is not HoldState.OPEN:
            return 0
        postings = bookkeeping.released(hold, "expired", grants, now=now)
        operation = Operation(
            id=uuid4(),
            kind=OperationKind.EXPIRE,
            user_id=user_id,
            at=now,
            subject=hold_id,
            run_id=hold.run_id,
        )
        self._write(operation, postings, grants, replace(hold, state=HoldState.EXPIRED))
        return 1

    def _expire_grant(self, user_id: UserId, grant_id: GrantId, now: datetime) -> int:
        grants = self._books.grants(user_id)
        postings = bookkeeping.expired(grants[grant_id])
        if not postings:
            return 0
        operation = Operation(
            id=uuid4(), kind=OperationKind.EXPIRE, user_id=user_id, at=now, subject=grant_id
        )
        self._write(operation, postings, grants, None)
        return 1

    def _earlier(self, order: Order) -> Receipt | None:
        """The receipt of the same order, when it was carried out before."""
        operation = self._books.operation(order.user_id, order.key)
        if operation is None:
            return None
        if operation.fingerprint != fingerprint(order):
            raise IdempotencyConflict("the key was used for something else")
        return replace(operation.receipt, again=True)

    def _held(self, user_id: UserId, hold_id: HoldId) -> tuple[Hold, Mapping[GrantId, Grant]]:
        hold = self._books.hold(user_id, hold_id)
        if hold is None:
            raise HoldNotFound("no such hold")
        return hold, self._books.grants(user_id)

    def _write(
        self,
        operation: Operation,
        postings: Sequence[Posting],
        grants: Mapping[GrantId, Grant],
        hold: Hold | None,
    ) -> None:
        touched = {posting.grant_id for posting in postings}
        after = [bookkeeping.applied(grants[grant_id], postings) for grant_id in sorted(touched)]
        self._books.write(operation, postings, grants=after, hold=hold)


def _check_room(balance: Balance, more: Credits) -> None:
    """InvalidAmount when the user would own more than any amount."""
    _ = balance.available + balance.held + more


def _operation(
    order: Order,
    kind: OperationKind,
    *,
    subject: UUID | None = None,
    run_id: RunId | None = None,
    note: str = "",
) -> Operation:
    return Operation(
        id=uuid4(),
        kind=kind,
        user_id=order.user_id,
        at=order.at,
        subject=subject,
        run_id=run_id,
        note=note,
        key=order.key,
        fingerprint=fingerprint(order),
    )
