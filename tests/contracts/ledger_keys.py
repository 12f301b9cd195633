"""What every keeper of the ledger must do with keys, and with what was not committed."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from domain.errors import IdempotencyConflict, InsufficientCredits
from domain.ledger import Account, Hold, HoldId, UserId
from domain.ledger_orders import Order
from tests.builders import NOON
from tests.contracts.ledger_acts import (
    LedgerUnits,
    a_held_run,
    a_rich_user,
    balance_of,
    booked,
    carried_out,
    entries_of,
    grants_of,
    hold_of,
    refused,
)
from tests.ledgers import (
    a_correction,
    a_release,
    a_settle,
    a_take_hold,
    a_top_up,
    a_user,
    lines,
    outcomes,
)

TOMORROW = NOON + timedelta(days=1)
AT_ONCE = 8

Orders = Callable[[UserId, HoldId, int], tuple[Order, Order]]
"""For a user, an open hold and a charge: an order, and another that asks for something else."""

ORDERS: dict[str, Orders] = {
    "top_up": lambda user, _hold, _charge: (
        a_top_up(user, 5, key="key"),
        a_top_up(user, 6, key="key"),
    ),
    "hold": lambda user, _hold, _charge: (
        a_take_hold(user, lines(a=5), key="key"),
        a_take_hold(user, lines(a=6), key="key"),
    ),
    "settle": lambda user, hold, _charge: (
        a_settle(user, hold, outcomes(shots=5), key="key"),
        a_settle(user, hold, outcomes(shots=6), key="key"),
    ),
    "release": lambda user, hold, _charge: (
        a_release(user, hold, key="key"),
        a_release(user, hold, key="key", reason="other"),
    ),
    "correct": lambda user, _hold, charge: (
        a_correction(user, charge, 5, key="key"),
        a_correction(user, charge, 6, key="key"),
    ),
}


def a_user_with_a_history(units: LedgerUnits) -> tuple[Hold, int]:
    """An open hold of a user, and the number of an earlier charge of theirs."""
    order, hold = a_held_run(units, 5000)
    booked(units, a_settle(order.user_id, hold.id, outcomes(shots=100)))
    (charge,) = [e for e in entries_of(units, order.user_id) if e.posting.account == "revenue"]
    order = a_take_hold(order.user_id)
    booked(units, order)
    return hold_of(units, order), charge.number


class LedgerKeysContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    @pytest.mark.parametrize("orders", ORDERS.values(), ids=ORDERS)
    def test_the_same_order_again_gives_the_same_receipt_and_books_nothing(
        self, units: LedgerUnits, orders: Orders
    ) -> None:
        """R-605: the same request sent twice books once."""
        hold, charge = a_user_with_a_history(units)
        order, _ = orders(hold.user_id, hold.id, charge)
        first = booked(units, order)
        entries, grants = entries_of(units, hold.user_id), grants_of(units, hold.user_id)
        again = booked(units, order)
        assert (first.again, again.again) == (False, True)
        assert again == first
        assert entries_of(units, hold.user_id) == entries
        assert grants_of(units, hold.user_id) == grants

    @pytest.mark.parametrize("orders", ORDERS.values(), ids=ORDERS)
    def test_another_order_under_the_same_key_is_refused(
        self, units: LedgerUnits, orders: Orders
    ) -> None:
        """Hardening 31: nothing is written."""
        hold, charge = a_user_with_a_history(units)
        order, other = orders(hold.user_id, hold.id, charge)
        first = booked(units, order)
        refused(units, other, IdempotencyConflict)
        assert booked(units, order) == first

    def test_a_key_stands_for_one_order_of_whatever_kind(self, units: LedgerUnits) -> None:
        hold, charge = a_user_with_a_history(units)
        booked(units, a_top_up(hold.user_id, 1, key="key"))
        for orders in (ORDERS[kind] for kind in ORDERS if kind != "top_up"):
            refused(units, orders(hold.user_id, hold.id, charge)[0], IdempotencyConflict)

    def test_keys_of_different_users_are_independent(self, units: LedgerUnits) -> None:
        """Hardening 32."""
        one, two = a_user(), a_user()
        receipts = [
            booked(units, a_top_up(user_id, kopecks, key="key"))
            for user_id, kopecks in ((one, 5), (two, 6))
        ]
        assert not any(receipt.again for receipt in receipts)
        assert receipts[0].operation_id != receipts[1].operation_id
        assert (balance_of(units, one), balance_of(units, two)) == ((5, 0), (6, 0))

    def test_a_refusal_does_not_use_up_its_key(self, units: LedgerUnits) -> None:
        """Who tops up and tries again with the same request gets their run."""
        user_id = a_rich_user(units, 100)
        order = a_take_hold(user_id, lines(a=150), key="key")
        refused(units, order, InsufficientCredits)
        booked(units, a_top_up(user_id, 50))
        assert not booked(units, order).again
        assert balance_of(units, user_id) == (0, 150)

    def test_the_receipt_outlives_the_hold_it_tells_of(self, units: LedgerUnits) -> None:
        order, hold = a_held_run(units)
        booked(units, a_settle(order.user_id, hold.id, outcomes(shots=5)))
        again = booked(units, order)
        assert (again.again, again.subject) == (True, hold.id)
        with units() as work:
            assert list(work.outbox.waiting(limit=9)) == [order.run_id]

    @pytest.mark.parametrize("orders", ORDERS.values(), ids=ORDERS)
    def test_leaving_without_commit_forgets(self, units: LedgerUnits, orders: Orders) -> None:
        hold, charge = a_user_with_a_history(units)
        order, other = orders(hold.user_id, hold.id, charge)
        before = (entries_of(units, hold.user_id), grants_of(units, hold.user_id))
        with units() as work:
            carried_out(work.ledger, order)
        assert (entries_of(units, hold.user_id), grants_of(units, hold.user_id)) == before
        # Its key is free as well.
        assert not booked(units, other).again

    def test_a_hold_that_was_not_committed_puts_nothing_on_the_outbox(
        self, units: LedgerUnits
    ) -> None:
        order = a_take_hold(a_rich_user(units))
        with units() as work:
            work.ledger.hold(order)
        with units() as work:
            assert list(work.outbox.waiting(limit=9)) == []

    def test_several_orders_in_one_unit_see_each_other(self, units: LedgerUnits) -> None:
        user_id = a_user()
        hold = a_take_hold(user_id, lines(a=60, b=40))
        with units() as work:
            work.ledger.top_up(a_top_up(user_id, 100))
            receipt = work.ledger.hold(hold)
            assert work.ledger.hold(hold) == receipt
            assert receipt.subject is not None
            settle = a_settle(user_id, HoldId(receipt.subject), outcomes(a=60))
            work.ledger.settle(settle)
            assert work.ledger.balance(user_id).available.kopecks == 40
            work.commit()
        assert balance_of(units, user_id) == (40, 0)
        assert [g.available_kopecks for g in grants_of(units, user_id)] == [40]

    def test_one_request_sent_many_times_at_once_books_once(self, units: LedgerUnits) -> None:
        """Hardening 30: one operation, and the same reply to all."""
        user_id = a_rich_user(units)
        order = a_take_hold(user_id, lines(a=300))
        start = Barrier(AT_ONCE)

        def send(_: int) -> tuple[bool, str]:
            start.wait()
            receipt = booked(units, order)
            return receipt.again, str(receipt.operation_id)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            replies = list(pool.map(send, range(AT_ONCE)))
        assert sorted(again for again, _ in replies) == [False] + [True] * (AT_ONCE - 1)
        assert len({operation for _, operation in replies}) == 1
        assert balance_of(units, user_id) == (700, 300)

    def test_many_who_drain_one_balance_at_once_never_overdraw_it(self, units: LedgerUnits) -> None:
        """Hardening 29 in small: of 8 who ask for 7 of 30, four get it."""
        user_id = a_rich_user(units, 30)
        start = Barrier(AT_ONCE)

        def ask(_: int) -> bool:
            start.wait()
            try:
                booked(units, a_take_hold(user_id, lines(a=7)))
            except InsufficientCredits:
                return False
            return True

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert sum(pool.map(ask, range(AT_ONCE))) == 4
        assert balance_of(units, user_id) == (2, 28)
        entries = entries_of(units, user_id)
        assert sum(e.posting.kopecks for e in entries if e.posting.account is Account.HELD) == 28
