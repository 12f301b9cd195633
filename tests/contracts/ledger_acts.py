"""Acts on a ledger, each in a unit of work of its own, and what it says afterwards."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest

from application.ports.ledger import Ledger
from application.ports.unit_of_work import UnitOfWork
from domain.errors import (
    DomainError,
)
from domain.identity import RunId
from domain.ledger import (
    Entry,
    Grant,
    Hold,
    Posting,
    Receipt,
    UserId,
)
from domain.ledger_orders import Correct, Order, Release, Settle, TakeHold, TopUp
from tests.builders import NOON
from tests.ledgers import (
    a_take_hold,
    a_top_up,
    a_user,
    lines,
)

LedgerUnits = Callable[[], UnitOfWork]


def booked(units: LedgerUnits, order: Order) -> Receipt:
    """Carries out one order in a unit of work of its own."""
    with units() as work:
        receipt = carried_out(work.ledger, order)
        work.commit()
    return receipt


def carried_out(ledger: Ledger, order: Order) -> Receipt:
    match order:
        case TopUp():
            return ledger.top_up(order)
        case TakeHold():
            return ledger.hold(order)
        case Settle():
            return ledger.settle(order)
        case Release():
            return ledger.release(order)
        case Correct():
            return ledger.correct(order)


def refused(units: LedgerUnits, order: Order, refusal: type[DomainError]) -> None:
    """The order is refused, and nothing of it is there although the unit was committed."""
    before = entries_of(units, order.user_id)
    with units() as work:
        with pytest.raises(refusal):
            carried_out(work.ledger, order)
        work.commit()
    assert entries_of(units, order.user_id) == before


def swept(units: LedgerUnits, *, days: float = 0, minutes: float = 0) -> int:
    with units() as work:
        count = work.ledger.expire(NOON + timedelta(days=days, minutes=minutes))
        work.commit()
    return count


def balance_of(units: LedgerUnits, user_id: UserId) -> tuple[int, int]:
    with units() as work:
        balance = work.ledger.balance(user_id)
    return balance.available.kopecks, balance.held.kopecks


def entries_of(units: LedgerUnits, user_id: UserId, run_id: RunId | None = None) -> list[Entry]:
    with units() as work:
        return list(work.ledger.entries(user_id, run_id=run_id))


def postings_of(entries: Iterable[Entry], operation: Receipt) -> list[Posting]:
    return [entry.posting for entry in entries if entry.operation_id == operation.operation_id]


def grants_of(units: LedgerUnits, user_id: UserId) -> list[Grant]:
    with units() as work:
        return list(work.ledger.grants(user_id))


def hold_of(units: LedgerUnits, order: TakeHold) -> Hold:
    with units() as work:
        hold = work.ledger.hold_of(order.user_id, order.run_id)
    assert hold is not None
    return hold


def a_rich_user(units: LedgerUnits, kopecks: int = 1000) -> UserId:
    user_id = a_user()
    booked(units, a_top_up(user_id, kopecks))
    return user_id


def a_held_run(units: LedgerUnits, kopecks: int = 1000, **held: int) -> tuple[TakeHold, Hold]:
    """A user with so much, a part of which is held: 300 for loudness, 200 for shots."""
    order = a_take_hold(a_rich_user(units, kopecks), lines(**held) if held else None)
    booked(units, order)
    return order, hold_of(units, order)
