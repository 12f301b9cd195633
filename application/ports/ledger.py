"""Everybody's credits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.identity import RunId
from domain.ledger import Balance, Entry, Grant, Hold, Receipt, UserId
from domain.ledger_orders import Correct, Release, Settle, TakeHold, TopUp


class Ledger(Protocol):
    """The credits of all users, within one unit of work.

    Contract (tests/contracts/ledger.py): every operation books exactly the postings of
    `domain.bookkeeping`, or nothing. An order whose key the user has used gives the receipt of
    the first time when it asks for the same, else raises `IdempotencyConflict`; keys of different
    users are independent. No balance falls below zero, however many ask at once. `hold` also puts
    the run on the outbox. A hold or an entry of another user is as unknown as one that never was.
    """

    def top_up(self, order: TopUp) -> Receipt:
        """Raises InvalidAmount when the balance would exceed any amount."""
        ...

    def hold(self, order: TakeHold) -> Receipt:
        """Raises InsufficientCredits."""
        ...

    def settle(self, order: Settle) -> Receipt:
        """Raises HoldNotFound, HoldEnded, ChargeAboveHold."""
        ...

    def release(self, order: Release) -> Receipt:
        """Raises HoldNotFound, HoldEnded."""
        ...

    def correct(self, order: Correct) -> Receipt:
        """Raises EntryNotFound, NotCorrectable, InsufficientCredits; InvalidAmount as a top-up."""
        ...

    def expire(self, now: datetime) -> int:
        """Books the end of what is over: grants, and holds whose run neither waits nor is at work.

        Returns how many operations were booked. What another unit of work is at is left for the
        next time.
        """
        ...

    def balance(self, user_id: UserId) -> Balance:
        """Zero for a user who never had any."""
        ...

    def grants(self, user_id: UserId) -> Sequence[Grant]:
        """All that came in, the oldest first."""
        ...

    def hold_of(self, user_id: UserId, run_id: RunId) -> Hold | None:
        """The newest hold of a run."""
        ...

    def hold_under(self, user_id: UserId, key: str) -> Hold | None:
        """The hold that was taken under a key."""
        ...

    def entries(self, user_id: UserId, *, run_id: RunId | None = None) -> Sequence[Entry]:
        """What was booked, in the order of its numbers."""
        ...

    def latest(
        self, user_id: UserId, *, run_id: RunId | None, before: int | None, limit: int
    ) -> Sequence[Entry]:
        """What was booked last, the newest first, of numbers below `before`, at most `limit`."""
        ...
