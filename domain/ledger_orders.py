"""What can be asked of the ledger; each order is carried out once, under its key."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.canonical import JsonValue, digest
from domain.credits import Credits
from domain.errors import InvalidAmount
from domain.identity import RunId
from domain.ledger import GrantKind, HoldId, Outcome, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUp:
    """Credits for a user: paid ones, or promotional ones that may expire."""

    user_id: UserId
    key: str
    amount: Credits
    at: datetime
    kind: GrantKind = GrantKind.PAID
    expires_at: datetime | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not self.amount.kopecks:
            raise InvalidAmount("a top-up of nothing")
        if self.expires_at is not None and self.expires_at <= self.at:
            raise InvalidAmount("credits that have expired already")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeHold:
    """Credits of a user to be set aside for a run, line by line."""

    user_id: UserId
    key: str
    run_id: RunId
    lines: Mapping[str, Credits]
    at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        Credits(self.kopecks)  # refused when the sum is beyond any amount

    @property
    def kopecks(self) -> int:
        return sum(line.kopecks for line in self.lines.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """The end of a hold: what is charged, by component; the rest returns."""

    user_id: UserId
    key: str
    hold_id: HoldId
    outcomes: Mapping[str, Outcome]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The end of a hold of which nothing is charged."""

    user_id: UserId
    key: str
    hold_id: HoldId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """An administrator undoes up to the whole of an earlier charge or top-up, saying why."""

    user_id: UserId
    key: str
    entry: int
    amount: Credits
    reason: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.amount.kopecks:
            raise InvalidAmount("a correction of nothing")
        if not self.reason.strip():
            raise InvalidAmount("a correction without a reason")


Order = TopUp | TakeHold | Settle | Release | Correct


def fingerprint(order: Order) -> str:
    """A digest of what is asked, whoever asks it and when: one key stands for one of these."""
    return digest([type(order).__name__, _asked(order)])


def _asked(order: Order) -> list[JsonValue]:
    match order:
        case TopUp():
            expires_at = order.expires_at.isoformat() if order.expires_at else None
            return [order.amount.kopecks, order.kind, expires_at, order.note]
        case TakeHold():
            lines: JsonValue = {name: line.kopecks for name, line in order.lines.items()}
            return [str(order.run_id), lines]
        case Settle():
            ends: JsonValue = {
                name: [end.charged.kopecks, end.reason] for name, end in order.outcomes.items()
            }
            return [str(order.hold_id), ends]
        case Release():
            return [str(order.hold_id), order.reason]
        case Correct():
            return [order.entry, order.amount.kopecks, order.reason]
