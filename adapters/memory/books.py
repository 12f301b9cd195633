"""The books of the ledger in memory."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from adapters.memory.database import Kept
from application.booking import Operation
from domain.bookkeeping import sum_of
from domain.credits import Credits
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
    Posting,
    UserId,
)
from domain.run import RunStatus


class MemoryBooks:
    """The books of one unit of work (protocol `Books`), which has all that is kept to itself."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def lock(self, user_id: UserId) -> Balance:
        return self.balance(user_id)

    def balance(self, user_id: UserId) -> Balance:
        postings = [entry.posting for entry in self._of(user_id)]
        return Balance(
            available=Credits(sum_of(postings, Account.AVAILABLE)),
            held=Credits(sum_of(postings, Account.HELD)),
        )

    def operation(self, user_id: UserId, key: str) -> Operation | None:
        return self._kept.operations.get((user_id, key))

    def grants(self, user_id: UserId) -> Mapping[GrantId, Grant]:
        return dict(self._kept.grants.get(user_id, {}))

    def hold(self, user_id: UserId, hold_id: HoldId) -> Hold | None:
        hold = self._kept.holds.get(hold_id)
        return hold if hold is not None and hold.user_id == user_id else None

    def hold_of(self, user_id: UserId, run_id: RunId) -> Hold | None:
        holds = (hold for hold in self._kept.holds.values() if hold.user_id == user_id)
        return next((hold for hold in reversed(list(holds)) if hold.run_id == run_id), None)

    def entry(self, user_id: UserId, number: int) -> Entry | None:
        return next((entry for entry in self._of(user_id) if entry.number == number), None)

    def entries(self, user_id: UserId, *, run_id: RunId | None) -> Sequence[Entry]:
        entries = self._of(user_id)
        return [entry for entry in entries if run_id is None or entry.run_id == run_id]

    def latest(
        self, user_id: UserId, *, run_id: RunId | None, before: int | None, limit: int
    ) -> Sequence[Entry]:
        entries = self.entries(user_id, run_id=run_id)
        return [e for e in reversed(entries) if before is None or e.number < before][:limit]

    def corrected_kopecks(self, number: int) -> int:
        postings = [entry.posting for entry in self._kept.entries]
        return sum(
            posting.kopecks
            for posting in postings
            if posting.corrects == number and posting.kopecks > 0
        )

    def due_grants(self, now: datetime) -> Mapping[UserId, Sequence[GrantId]]:
        due: dict[UserId, list[GrantId]] = {}
        for user_id, grants in self._kept.grants.items():
            for grant in grants.values():
                if grant.has_expired(now) and grant.available_kopecks:
                    due.setdefault(user_id, []).append(grant.id)
        return due

    def due_holds(self, now: datetime) -> Mapping[UserId, Sequence[HoldId]]:
        due: dict[UserId, list[HoldId]] = {}
        for hold in self._kept.holds.values():
            over = hold.state is HoldState.OPEN and hold.expires_at <= now
            if over and not self._is_wanted(hold.run_id, now):
                due.setdefault(hold.user_id, []).append(hold.id)
        return due

    def write(
        self,
        operation: Operation,
        postings: Sequence[Posting],
        *,
        grants: Iterable[Grant] = (),
        hold: Hold | None = None,
    ) -> None:
        kept = self._kept
        if operation.key is not None:
            kept.operations[operation.user_id, operation.key] = operation
        for posting in postings:
            entry = Entry(
                number=len(kept.entries) + 1,
                operation_id=operation.id,
                kind=operation.kind,
                user_id=operation.user_id,
                run_id=operation.run_id,
                at=operation.at,
                note=operation.note,
                posting=posting,
            )
            kept.entries.append(entry)
        kept.grants.setdefault(operation.user_id, {}).update({grant.id: grant for grant in grants})
        if hold is not None:
            kept.holds[hold.id] = hold

    def _of(self, user_id: UserId) -> list[Entry]:
        return [entry for entry in self._kept.entries if entry.user_id == user_id]

    def _is_wanted(self, run_id: RunId, now: datetime) -> bool:
        run, lease = self._kept.runs.get(run_id), self._kept.leases.get(run_id)
        queued = run is not None and run.status is RunStatus.QUEUED
        return queued or (lease is not None and lease.is_live(now=now))
