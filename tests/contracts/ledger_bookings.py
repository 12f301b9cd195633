"""What every keeper of the ledger must book: exactly the postings of the domain."""

from abc import ABC, abstractmethod
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from domain import bookkeeping
from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import (
    Account,
    Balance,
    Entry,
    Grant,
    GrantId,
    GrantKind,
    Hold,
    HoldId,
    HoldState,
    OperationKind,
    Outcome,
)
from tests.builders import NOON
from tests.contracts.ledger_acts import (
    LedgerUnits,
    a_held_run,
    a_rich_user,
    balance_of,
    booked,
    entries_of,
    grants_of,
    hold_of,
    postings_of,
)
from tests.ledgers import (
    HOLD_TTL,
    a_correction,
    a_release,
    a_settle,
    a_take_hold,
    a_top_up,
    a_user,
    lines,
    outcomes,
)

LATER = NOON + timedelta(minutes=10)
DAY = timedelta(days=1)


class LedgerBookingsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    def test_the_latest_entries_are_read_page_by_page(self, units: LedgerUnits) -> None:
        user_id = a_rich_user(units)
        order = a_take_hold(user_id, lines(loudness=30))
        booked(units, order)
        everything = entries_of(units, user_id)[::-1]
        assert len(everything) > 3

        def latest(**asked: Any) -> list[Entry]:
            choice = {"run_id": None, "before": None, "limit": 100, **asked}
            with units() as work:
                return list(work.ledger.latest(user_id, **choice))

        assert latest() == everything
        assert latest(limit=2) == everything[:2]
        assert latest(limit=2, before=everything[1].number) == everything[2:4]
        assert latest(run_id=order.run_id) == [e for e in everything if e.run_id == order.run_id]
        with units() as work:
            asked: dict[str, Any] = {"run_id": None, "before": None, "limit": 9}
            assert list(work.ledger.latest(a_user(), **asked)) == []

    def test_a_user_who_never_had_any_has_nothing(self, units: LedgerUnits) -> None:
        user_id = a_user()
        with units() as work:
            assert work.ledger.balance(user_id) == Balance(Credits(0), Credits(0))
            assert list(work.ledger.grants(user_id)) == []
            assert list(work.ledger.entries(user_id)) == []
            assert work.ledger.hold_of(user_id, RunId(uuid4())) is None
            assert work.ledger.hold_under(user_id, "key") is None
            assert work.ledger.expire(NOON) == 0

    @pytest.mark.parametrize("kind", GrantKind)
    def test_a_top_up_books_the_postings_of_the_domain(
        self, units: LedgerUnits, kind: GrantKind
    ) -> None:
        """R-605: double entry; every line is tied to its user."""
        ends = NOON + DAY
        order = a_top_up(a_user(), 500, kind=kind, expires_at=ends, note="С Новым годом 🎄")
        receipt = booked(units, order)
        assert receipt.subject is not None
        grant_id = GrantId(receipt.subject)
        entries = entries_of(units, order.user_id)
        assert tuple(entry.posting for entry in entries) == bookkeeping.topped_up(order, grant_id)
        told = {(e.kind, e.user_id, e.run_id, e.at, e.note) for e in entries}
        assert told == {(OperationKind.TOP_UP, order.user_id, None, NOON, order.note)}
        assert balance_of(units, order.user_id) == (500, 0)
        (grant,) = grants_of(units, order.user_id)
        assert grant == Grant(
            id=grant_id, kind=kind, granted_at=NOON, expires_at=ends, available_kopecks=500
        )

    def test_a_hold_books_the_postings_of_the_domain(self, units: LedgerUnits) -> None:
        user_id = a_rich_user(units, 100)
        booked(units, a_top_up(user_id, 300, at=LATER, expires_at=NOON + DAY))
        before = grants_of(units, user_id)
        order = a_take_hold(user_id, lines(shots=250, loudness=100), at=LATER)
        receipt = booked(units, order)
        hold = hold_of(units, order)
        assert hold == Hold(
            id=HoldId(receipt.subject or uuid4()),
            user_id=user_id,
            run_id=order.run_id,
            state=HoldState.OPEN,
            lines=order.lines,
            parts=bookkeeping.drawn(before, 350, now=LATER),
            expires_at=order.expires_at,
        )
        entries = entries_of(units, user_id, order.run_id)
        assert tuple(entry.posting for entry in entries) == bookkeeping.held(hold.parts)
        told = {(e.kind, e.operation_id, e.run_id, e.at) for e in entries}
        assert told == {(OperationKind.HOLD, receipt.operation_id, order.run_id, LATER)}
        assert balance_of(units, user_id) == (50, 350)
        # The one that ends first was drawn first.
        assert [(g.available_kopecks, g.held_kopecks) for g in grants_of(units, user_id)] == [
            (50, 50),
            (0, 300),
        ]
        with units() as work:
            assert work.ledger.hold_under(user_id, order.key) == hold
            assert work.ledger.hold_under(user_id, "another") is None

    def test_settling_books_the_postings_of_the_domain(self, units: LedgerUnits) -> None:
        """R-604, hardening 36: what is not charged returns in the same act, each line told why."""
        order, hold = a_held_run(units, loudness=300, shots=200)
        grants = {grant.id: grant for grant in grants_of(units, order.user_id)}
        ends = {**outcomes(loudness=120), "shots": Outcome(Credits(0), "measurement_failed")}
        receipt = booked(units, a_settle(order.user_id, hold.id, ends, at=LATER))
        entries = entries_of(units, order.user_id)
        expected = bookkeeping.settled(hold, ends, grants, now=LATER)
        assert tuple(postings_of(entries, receipt)) == expected
        assert balance_of(units, order.user_id) == (880, 0)
        ended = hold_of(units, order)
        assert (ended.state, ended.lines, ended.parts) == (
            HoldState.SETTLED,
            hold.lines,
            hold.parts,
        )
        assert receipt.subject == hold.id
        # 120 charged and 180 back of one line, 200 back of the other, all told by the run.
        mine = [e.posting for e in entries_of(units, order.user_id, order.run_id)]
        assert [
            (p.account, p.component, p.kopecks, p.reason)
            for p in mine
            if p.component and p.account is not Account.HELD
        ] == [
            (Account.REVENUE, "loudness", 120, "ok"),
            (Account.AVAILABLE, "loudness", 180, "ok"),
            (Account.AVAILABLE, "shots", 200, "measurement_failed"),
        ]

    def test_releasing_books_the_postings_of_the_domain(self, units: LedgerUnits) -> None:
        """R-604: a run that fails for lack of a required component costs nothing."""
        order, hold = a_held_run(units)
        grants = {grant.id: grant for grant in grants_of(units, order.user_id)}
        receipt = booked(units, a_release(order.user_id, hold.id, reason="run_failed", at=LATER))
        booked_postings = postings_of(entries_of(units, order.user_id), receipt)
        assert tuple(booked_postings) == bookkeeping.released(hold, "run_failed", grants, now=LATER)
        assert balance_of(units, order.user_id) == (1000, 0)
        assert hold_of(units, order).state is HoldState.RELEASED

    @pytest.mark.parametrize("of_charge", [True, False])
    def test_a_correction_books_the_postings_of_the_domain(
        self, units: LedgerUnits, *, of_charge: bool
    ) -> None:
        """R-608: an administrator's correction is a posting that names the original."""
        order, hold = a_held_run(units)
        booked(units, a_settle(order.user_id, hold.id, outcomes(shots=200)))
        account = Account.REVENUE if of_charge else Account.AVAILABLE
        original = next(
            entry for entry in entries_of(units, order.user_id) if entry.posting.account is account
        )
        (grant,) = grants_of(units, order.user_id)
        correction = a_correction(order.user_id, original.number, 150, at=LATER)
        receipt = booked(units, correction)
        entries = entries_of(units, order.user_id)
        assert tuple(postings_of(entries, receipt)) == bookkeeping.corrected(
            correction, original, grant, corrected_kopecks=0
        )
        assert balance_of(units, order.user_id) == (950 if of_charge else 650, 0)
        told = {(e.note, e.run_id) for e in entries if e.operation_id == receipt.operation_id}
        assert told == {(correction.reason, order.run_id if of_charge else None)}

    def test_a_hold_of_nothing_is_taken_and_settled(self, units: LedgerUnits) -> None:
        order = a_take_hold(a_user(), lines(shots=0))
        booked(units, order)
        hold = hold_of(units, order)
        assert (hold.lines, hold.parts) == (lines(shots=0), ())
        booked(units, a_settle(order.user_id, hold.id, outcomes(shots=0)))
        assert hold_of(units, order).state is HoldState.SETTLED
        assert entries_of(units, order.user_id) == []

    def test_the_newest_hold_of_a_run_is_the_runs_hold(self, units: LedgerUnits) -> None:
        order, hold = a_held_run(units)
        booked(units, a_release(order.user_id, hold.id))
        again = booked(units, a_take_hold(order.user_id, run_id=order.run_id, at=LATER))
        assert hold_of(units, order).id == again.subject

    def test_entries_stand_in_the_order_of_their_numbers(self, units: LedgerUnits) -> None:
        order, hold = a_held_run(units)
        before = entries_of(units, order.user_id)
        a_held_run(units)
        booked(units, a_settle(order.user_id, hold.id, outcomes(shots=5, loudness=7)))
        entries = entries_of(units, order.user_id)
        numbers = [entry.number for entry in entries]
        assert numbers == sorted(set(numbers))
        # What stood there stands there unchanged.
        assert entries[: len(before)] == before
        assert {entry.user_id for entry in entries} == {order.user_id}

    def test_the_entries_of_a_run_are_its_own(self, units: LedgerUnits) -> None:
        first, hold = a_held_run(units, 1000, shots=100)
        second = a_take_hold(first.user_id, lines(shots=100))
        booked(units, second)
        booked(units, a_settle(first.user_id, hold.id, outcomes(shots=60)))
        kinds = [e.kind for e in entries_of(units, first.user_id, first.run_id)]
        assert set(kinds) == {OperationKind.HOLD, OperationKind.SETTLE}
        kinds = [e.kind for e in entries_of(units, first.user_id, second.run_id)]
        assert set(kinds) == {OperationKind.HOLD}
        assert entries_of(units, first.user_id, RunId(uuid4())) == []

    def test_moments_come_back_to_the_microsecond(self, units: LedgerUnits) -> None:
        moment = NOON + timedelta(microseconds=123_456)
        order = a_top_up(a_user(), at=moment, expires_at=moment + HOLD_TTL)
        assert booked(units, order).at == moment
        (grant,) = grants_of(units, order.user_id)
        assert (grant.granted_at, grant.expires_at) == (moment, moment + HOLD_TTL)
        assert entries_of(units, order.user_id)[0].at == moment
