"""The ledger: whose credits stand where, booked double entry in kopecks (R-605).

A balance is a sum of postings. A user's credits come in grants; a hold sets some aside for one run.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from domain.credits import Credits
from domain.errors import HoldEnded
from domain.identity import RunId

UserId = NewType("UserId", UUID)
GrantId = NewType("GrantId", UUID)
HoldId = NewType("HoldId", UUID)

LOCAL_USER = UserId(UUID("6c6f6361-6c00-4000-8000-000000000001"))
"""The one user of an installation that serves one person; every installation knows them."""


class Account(StrEnum):
    """Where credits are: the first two are the user's, the others ours."""

    AVAILABLE = "available"
    HELD = "held"
    PAYMENTS = "payments"
    PROMOTIONS = "promotions"
    REVENUE = "revenue"
    EXPIRED = "expired"
    CORRECTIONS = "corrections"


class OperationKind(StrEnum):
    """What was done to the ledger."""

    TOP_UP = "top_up"
    HOLD = "hold"
    SETTLE = "settle"
    RELEASE = "release"
    EXPIRE = "expire"
    CORRECT = "correct"


class GrantKind(StrEnum):
    """Whether credits were paid for or given."""

    PAID = "paid"
    PROMOTIONAL = "promotional"


class HoldState(StrEnum):
    """A hold is open until it ends, once."""

    OPEN = "open"
    SETTLED = "settled"
    RELEASED = "released"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One side of an operation: what it adds to an account (or takes, below zero), in kopecks."""

    account: Account
    kopecks: int
    grant_id: GrantId
    component: str | None = None
    reason: str | None = None
    corrects: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A posting as it stands in the ledger, under its number; it never changes."""

    number: int
    operation_id: UUID
    kind: OperationKind
    user_id: UserId
    run_id: RunId | None
    at: datetime
    note: str
    posting: Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Credits that came in together; those that expire are gone at `expires_at`."""

    id: GrantId
    kind: GrantKind
    granted_at: datetime
    expires_at: datetime | None
    available_kopecks: int
    held_kopecks: int = 0

    def has_expired(self, now: datetime) -> bool:
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True)
class Part:
    """What a hold took from one grant."""

    grant_id: GrantId
    kopecks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Credits set aside for one run: the most each component may cost, and where it came from."""

    id: HoldId
    user_id: UserId
    run_id: RunId
    state: HoldState
    lines: Mapping[str, Credits]
    parts: tuple[Part, ...]
    expires_at: datetime

    @property
    def kopecks(self) -> int:
        return sum(line.kopecks for line in self.lines.values())

    def must_be_open(self) -> None:
        """Raises HoldEnded unless the hold is still open."""
        if self.state is not HoldState.OPEN:
            raise HoldEnded(f"the hold is {self.state}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one held line: how much is charged, and why that much."""

    charged: Credits
    reason: str


@dataclass(frozen=True, slots=True)
class Balance:
    """A user's credits: free to use, and set aside for runs under way."""

    available: Credits
    held: Credits


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What an operation came to. The same request again gives the same receipt, `again` true.

    `subject` is the grant of a top-up, the hold of a hold or of its end, None of a correction.
    """

    operation_id: UUID
    kind: OperationKind
    at: datetime
    subject: UUID | None
    again: bool = field(default=False, compare=False)
