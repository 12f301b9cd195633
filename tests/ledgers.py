"""Orders to the ledger and things in it, with every detail that a test does not care about."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import (
    Account,
    Entry,
    Grant,
    GrantId,
    GrantKind,
    Hold,
    HoldId,
    HoldState,
    OperationKind,
    Outcome,
    Part,
    Posting,
    UserId,
)
from domain.ledger_orders import Correct, Release, Settle, TakeHold, TopUp
from domain.payment import Payment, PaymentId
from tests.builders import NOON

HOLD_TTL = timedelta(hours=1)


def a_user() -> UserId:
    return UserId(uuid4())


def lines(**kopecks: int) -> dict[str, Credits]:
    return {name: Credits(amount) for name, amount in kopecks.items()}


def outcomes(**kopecks: int) -> dict[str, Outcome]:
    """Charges by component, each for work that succeeded."""
    return {name: Outcome(Credits(amount), "ok") for name, amount in kopecks.items()}


def a_grant(available_kopecks: int = 1000, **details: Any) -> Grant:
    filled: dict[str, Any] = {"kind": GrantKind.PAID, "granted_at": NOON, "expires_at": None}
    filled |= {"id": GrantId(uuid4()), **details}
    return Grant(available_kopecks=available_kopecks, **filled)


def a_hold(parts: Iterable[Part], **kopecks: int) -> Hold:
    """An open hold of these lines, drawn from these parts."""
    return Hold(
        id=HoldId(uuid4()),
        user_id=a_user(),
        run_id=RunId(uuid4()),
        state=HoldState.OPEN,
        lines=lines(**kopecks),
        parts=tuple(parts),
        expires_at=NOON + HOLD_TTL,
    )


def an_entry(
    kind: OperationKind, account: Account, kopecks: int, *, grant_id: GrantId, **details: Any
) -> Entry:
    posting = Posting(account=account, kopecks=kopecks, grant_id=grant_id, **details)
    return Entry(
        number=7,
        operation_id=uuid4(),
        kind=kind,
        user_id=a_user(),
        run_id=None,
        at=NOON,
        note="",
        posting=posting,
    )


def a_top_up(user_id: UserId, kopecks: int = 1000, **details: Any) -> TopUp:
    filled = {"key": f"top-up-{uuid4()}", "at": NOON}
    return TopUp(user_id=user_id, amount=Credits(kopecks), **{**filled, **details})


def a_take_hold(
    user_id: UserId, held: Mapping[str, Credits] | None = None, **details: Any
) -> TakeHold:
    at: datetime = details.get("at", NOON)
    filled: dict[str, Any] = {"key": f"hold-{uuid4()}", "at": at, "expires_at": at + HOLD_TTL}
    filled |= {"run_id": RunId(uuid4()), **details}
    return TakeHold(user_id=user_id, lines=held or lines(loudness=300, shots=200), **filled)


def a_settle(
    user_id: UserId, hold_id: HoldId, ends: Mapping[str, Outcome], **details: Any
) -> Settle:
    filled = {"key": f"settle-{hold_id}", "at": NOON}
    return Settle(user_id=user_id, hold_id=hold_id, outcomes=ends, **{**filled, **details})


def a_release(user_id: UserId, hold_id: HoldId, **details: Any) -> Release:
    filled = {"key": f"release-{hold_id}", "at": NOON, "reason": "cancelled"}
    return Release(user_id=user_id, hold_id=hold_id, **{**filled, **details})


def a_correction(user_id: UserId, entry: int, kopecks: int, **details: Any) -> Correct:
    filled = {"key": f"correct-{uuid4()}", "at": NOON, "reason": "the tempo was wrong"}
    return Correct(user_id=user_id, entry=entry, amount=Credits(kopecks), **{**filled, **details})


def a_payment(kopecks: int = 50_000, **details: Any) -> Payment:
    """A payment that waits."""
    filled = {"id": PaymentId(uuid4()), "user_id": a_user(), "created_at": NOON}
    return Payment(amount=Credits(kopecks), **{**filled, **details})
