"""What every keeper of the ledger must refuse, leaving everything as it was."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from uuid import uuid4

import pytest

from domain.credits import MAX_KOPECKS
from domain.errors import (
    ChargeAboveHold,
    EntryNotFound,
    HoldEnded,
    HoldNotFound,
    InsufficientCredits,
    InvalidAmount,
    NotCorrectable,
)
from domain.ledger import (
    Account,
    HoldId,
    HoldState,
    OperationKind,
    Outcome,
)
from domain.ledger_orders import Order
from tests.contracts.ledger_acts import (
    LedgerUnits,
    a_held_run,
    a_rich_user,
    balance_of,
    booked,
    entries_of,
    grants_of,
    hold_of,
    refused,
    swept,
)
from tests.ledgers import (
    a_correction,
    a_release,
    a_settle,
    a_take_hold,
    a_top_up,
    lines,
    outcomes,
)


class LedgerRefusalsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    def test_corrections_never_give_back_more_than_was_charged(self, units: LedgerUnits) -> None:
        order, hold = a_held_run(units)
        booked(units, a_settle(order.user_id, hold.id, outcomes(shots=200)))
        user_id = order.user_id
        (charge,) = [e for e in entries_of(units, user_id) if e.posting.account is Account.REVENUE]
        booked(units, a_correction(user_id, charge.number, 150))
        refused(units, a_correction(user_id, charge.number, 51), NotCorrectable)
        booked(units, a_correction(user_id, charge.number, 50))
        refused(units, a_correction(user_id, charge.number, 1), NotCorrectable)
        assert balance_of(units, user_id) == (1000, 0)

    def test_a_top_up_is_taken_back_only_as_far_as_it_was_not_used(
        self, units: LedgerUnits
    ) -> None:
        order, _ = a_held_run(units)
        top_up = next(
            e for e in entries_of(units, order.user_id) if e.posting.account is Account.AVAILABLE
        )
        refused(units, a_correction(order.user_id, top_up.number, 501), InsufficientCredits)
        booked(units, a_correction(order.user_id, top_up.number, 500))
        assert balance_of(units, order.user_id) == (0, 500)

    def test_only_charges_and_top_ups_are_corrected(self, units: LedgerUnits) -> None:
        order, hold = a_held_run(units)
        booked(units, a_settle(order.user_id, hold.id, outcomes(shots=200)))
        top_up, charge = Account.AVAILABLE, Account.REVENUE
        for entry in entries_of(units, order.user_id):
            fine = entry.posting.account is charge or (
                entry.posting.account is top_up and entry.kind is OperationKind.TOP_UP
            )
            if not fine:
                refused(units, a_correction(order.user_id, entry.number, 1), NotCorrectable)

    def test_an_entry_of_somebody_else_is_as_unknown_as_none(self, units: LedgerUnits) -> None:
        owner, stranger = a_rich_user(units), a_rich_user(units)
        theirs = entries_of(units, owner)[-1].number
        for number in (theirs, theirs + 1_000_000, 2**63 - 1):
            refused(units, a_correction(stranger, number, 1), EntryNotFound)
        assert balance_of(units, owner) == (1000, 0)

    def test_a_hold_of_somebody_else_is_as_unknown_as_none(self, units: LedgerUnits) -> None:
        order, hold = a_held_run(units)
        stranger = a_rich_user(units)
        for hold_id in (hold.id, HoldId(uuid4())):
            refused(units, a_settle(stranger, hold_id, outcomes(shots=1)), HoldNotFound)
            refused(units, a_release(stranger, hold_id), HoldNotFound)
        with units() as work:
            assert work.ledger.hold_of(stranger, order.run_id) is None
            assert work.ledger.hold_under(stranger, order.key) is None
            assert list(work.ledger.entries(stranger, run_id=order.run_id)) == []
        assert hold_of(units, order) == hold

    def test_more_than_there_is_cannot_be_held(self, units: LedgerUnits) -> None:
        """R-605: no balance goes below zero."""
        user_id = a_rich_user(units, 500)
        refused(units, a_take_hold(user_id, lines(shots=501)), InsufficientCredits)
        booked(units, a_take_hold(user_id, lines(shots=500)))
        refused(units, a_take_hold(user_id, lines(shots=1)), InsufficientCredits)
        assert balance_of(units, user_id) == (0, 500)

    def test_a_refused_hold_leaves_no_grant_and_no_outbox_row_behind(
        self, units: LedgerUnits
    ) -> None:
        user_id = a_rich_user(units, 500)
        before = grants_of(units, user_id)
        order = a_take_hold(user_id, lines(shots=501))
        refused(units, order, InsufficientCredits)
        assert grants_of(units, user_id) == before
        with units() as work:
            assert order.run_id not in work.outbox.waiting(limit=100)
            assert work.ledger.hold_of(user_id, order.run_id) is None

    @pytest.mark.parametrize("ends", [outcomes(loudness=301), outcomes(key=1), outcomes(key=0)])
    def test_more_than_was_held_for_a_component_cannot_be_charged(
        self, units: LedgerUnits, ends: dict[str, Outcome]
    ) -> None:
        """R-604, hardening 35: a charge is at most its line, whatever other lines leave."""
        order, hold = a_held_run(units, loudness=300, shots=200)
        refused(units, a_settle(order.user_id, hold.id, ends), ChargeAboveHold)
        assert balance_of(units, order.user_id) == (500, 500)
        assert hold_of(units, order).state is HoldState.OPEN

    @pytest.mark.parametrize("first", ["settle", "release", "expire"])
    @pytest.mark.parametrize("second", ["settle", "release"])
    def test_a_hold_ends_once(self, units: LedgerUnits, first: str, second: str) -> None:
        """Hardening 34: whatever comes second under a key of its own is refused, sums unchanged."""
        order, hold = a_held_run(units)
        acts: dict[str, Callable[[str], Order]] = {
            "settle": lambda key: a_settle(order.user_id, hold.id, outcomes(shots=5), key=key),
            "release": lambda key: a_release(order.user_id, hold.id, key=key),
        }
        if first == "expire":
            assert swept(units, days=1) == 1
        else:
            booked(units, acts[first]("one"))
        ended, balance = hold_of(units, order), balance_of(units, order.user_id)
        refused(units, acts[second]("two"), HoldEnded)
        assert swept(units, days=2) == 0
        assert (hold_of(units, order), balance_of(units, order.user_id)) == (ended, balance)

    def test_the_largest_amount_comes_back_as_it_was(self, units: LedgerUnits) -> None:
        """Hardening 38: overflow of the sum."""
        user_id = a_rich_user(units, MAX_KOPECKS)
        refused(units, a_top_up(user_id, 1), InvalidAmount)
        order = a_take_hold(user_id, lines(shots=MAX_KOPECKS))
        booked(units, order)
        assert balance_of(units, user_id) == (0, MAX_KOPECKS)
        refused(units, a_top_up(user_id, 1), InvalidAmount)
        assert hold_of(units, order).lines == order.lines

    def test_what_is_held_counts_among_what_a_user_owns(self, units: LedgerUnits) -> None:
        user_id = a_rich_user(units, MAX_KOPECKS)
        booked(units, a_take_hold(user_id, lines(shots=200)))
        refused(units, a_top_up(user_id, 1), InvalidAmount)

    def test_a_charge_given_back_never_lifts_a_balance_past_any_amount(
        self, units: LedgerUnits
    ) -> None:
        order, hold = a_held_run(units, MAX_KOPECKS, shots=200)
        booked(units, a_settle(order.user_id, hold.id, outcomes(shots=200)))
        booked(units, a_top_up(order.user_id, 200))
        (charge,) = [
            e for e in entries_of(units, order.user_id) if e.posting.account is Account.REVENUE
        ]
        refused(units, a_correction(order.user_id, charge.number, 1), InvalidAmount)
        assert balance_of(units, order.user_id) == (MAX_KOPECKS, 0)
