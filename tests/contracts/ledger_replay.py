"""What a ledger's entries come to by grant, and requests that a used key does not stand for."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from domain.credits import Credits
from domain.ledger import Entry, Outcome
from domain.ledger_orders import Correct, Order, Release, Settle, TakeHold, TopUp


def replayed_sums(entries: Iterable[Entry]) -> dict[Any, dict[str, int]]:
    """Sums of the entries by grant, in the words of the model."""
    names = {"available": "available", "held": "held", "revenue": "spent", "expired": "expired"}
    given = {"payments": "granted", "promotions": "granted", "corrections": "corrected"}
    sums: dict[Any, dict[str, int]] = {}
    for entry in entries:
        posting = entry.posting
        empty = dict.fromkeys([*names.values(), "granted", "corrected"], 0)
        of_grant = sums.setdefault(posting.grant_id, empty)
        if posting.account in names:
            of_grant[names[posting.account]] += posting.kopecks
        else:
            of_grant[given[posting.account]] -= posting.kopecks
    return sums


def another(order: Order) -> Order:
    """Something else under the same key."""
    match order:
        case TopUp() | Correct():
            return replace(order, amount=order.amount + Credits(1))
        case TakeHold():
            return replace(order, lines={**order.lines, "another": Credits(1)})
        case Settle():
            return replace(order, outcomes={**order.outcomes, "another": Outcome(Credits(0), "x")})
        case Release():
            return replace(order, reason=f"not {order.reason}")
