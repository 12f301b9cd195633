"""What can be asked of the ledger; each order is carried out once, under its key."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from domain.canonical import JsonValue, digest
from domain.credits import Credits
from domain.errors import EntryNotFound, InvalidAmount, InvalidText
from domain.identity import RunId
from domain.ledger import GrantKind, HoldId, Outcome, UserId

KEY_CHARACTERS_MAX = 200
NOTE_CHARACTERS_MAX = 500
_ENTRY_MAX = 2**63 - 1


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
        check_key(self.key)
        _check_text("note", self.note, NOTE_CHARACTERS_MAX)
        if not self.amount.kopecks:
            raise InvalidAmount("a top-up of nothing")
        if self.expires_at is not None and self.expires_at <= self.at:
            raise InvalidAmount("credits that have expired already")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeHold:
    """Credits of a user to be set aside for a run, line by line; a run may cost nothing."""

    user_id: UserId
    key: str
    run_id: RunId
    lines: Mapping[str, Credits]
    at: datetime
    expires_at: datetime

    def __post_init__(self) -> None:
        check_key(self.key)
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

    def __post_init__(self) -> None:
        check_key(self.key)
        for end in self.outcomes.values():
            _check_reason(end.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The end of a hold of which nothing is charged."""

    user_id: UserId
    key: str
    hold_id: HoldId
    reason: str
    at: datetime

    def __post_init__(self) -> None:
        check_key(self.key)
        _check_reason(self.reason)


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
        check_key(self.key)
        _check_reason(self.reason)
        if not self.amount.kopecks:
            raise InvalidAmount("a correction of nothing")
        if not 0 < self.entry <= _ENTRY_MAX:
            raise EntryNotFound(f"no entry {self.entry}")


Order = TopUp | TakeHold | Settle | Release | Correct


def fingerprint(order: Order) -> str:
    """A digest of what is asked, whoever asks it and when: one key stands for one of these."""
    return digest([type(order).__name__, _asked(order)])


def _asked(order: Order) -> list[JsonValue]:
    match order:
        case TopUp():
            # The same moment is the same request, whatever zone it is told in.
            ends_at = order.expires_at
            told = None if ends_at is None else ends_at.astimezone(UTC).isoformat()
            return [order.amount.kopecks, order.kind, told, order.note]
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
            # As text: JSON would spell numbers past 2⁵³ like their neighbours.
            return [str(order.entry), order.amount.kopecks, order.reason]


def check_key(key: str) -> None:
    """Raises InvalidText for what is no idempotency key."""
    if not key:
        raise InvalidText("the key is empty")
    _check_text("key", key, KEY_CHARACTERS_MAX)


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise InvalidText("the reason is empty")
    _check_text("reason", reason, NOTE_CHARACTERS_MAX)


def _check_text(name: str, text: str, characters_max: int) -> None:
    if len(text) > characters_max:
        raise InvalidText(f"the {name} has more than {characters_max} characters")
    # No database keeps U+0000, and lone halves of surrogate pairs have no spelling in UTF-8.
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise InvalidText(f"the {name} holds characters that are not text")
