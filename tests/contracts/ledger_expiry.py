"""What every keeper of the ledger must do when time is up for credits and for holds."""

from abc import ABC, abstractmethod
from datetime import timedelta

import pytest

from domain import bookkeeping
from domain.errors import InsufficientCredits
from domain.ledger import Account, GrantKind, Hold, HoldState, OperationKind, UserId
from domain.ledger_orders import TakeHold
from tests.builders import NOON, a_component_run, a_run
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

DAY = timedelta(days=1)
PAST = NOON + HOLD_TTL


def a_run_that_holds(units: LedgerUnits, *, started: bool) -> tuple[TakeHold, Hold]:
    """A kept run, queued or taken up, and its hold."""
    run = a_run()
    if started:
        run.start(now=NOON)
    order = a_take_hold(a_rich_user(units), run_id=run.id)
    with units() as work:
        work.runs.add(run)
        work.ledger.hold(order)
        work.commit()
    return order, hold_of(units, order)


def a_promoted_user(units: LedgerUnits, kopecks: int = 100) -> UserId:
    """A user with credits that end in a day."""
    user_id = a_user()
    booked(units, a_top_up(user_id, kopecks, kind=GrantKind.PROMOTIONAL, expires_at=NOON + DAY))
    return user_id


class LedgerExpiryContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> LedgerUnits: ...

    def test_a_grant_ends_at_its_time_and_not_before(self, units: LedgerUnits) -> None:
        user_id = a_promoted_user(units)
        with units() as work:
            assert work.ledger.expire(NOON + DAY - timedelta(microseconds=1)) == 0
            work.commit()
        (grant,) = grants_of(units, user_id)
        assert swept(units, days=1) == 1
        last = entries_of(units, user_id)[-2:]
        assert tuple(entry.posting for entry in last) == bookkeeping.expired(grant)
        assert {(e.kind, e.at) for e in last} == {(OperationKind.EXPIRE, NOON + DAY)}
        assert balance_of(units, user_id) == (0, 0)
        assert swept(units, days=1) == 0

    def test_credits_that_have_expired_pay_for_nothing_swept_or_not(
        self, units: LedgerUnits
    ) -> None:
        user_id = a_promoted_user(units)
        late = a_take_hold(user_id, lines(a=1), at=NOON + DAY)
        refused(units, late, InsufficientCredits)
        swept(units, days=1)
        refused(units, late, InsufficientCredits)

    def test_paid_credits_without_an_end_stay(self, units: LedgerUnits) -> None:
        user_id = a_rich_user(units)
        assert swept(units, days=36_500) == 0
        assert balance_of(units, user_id) == (1000, 0)

    def test_what_is_held_of_an_expired_grant_may_still_be_charged(
        self, units: LedgerUnits
    ) -> None:
        """The run began in time; what it does not use is gone when it returns."""
        user_id = a_promoted_user(units, 100)
        order = a_take_hold(user_id, lines(a=40), expires_at=NOON + 3 * DAY)
        booked(units, order)
        assert swept(units, days=1) == 1
        assert balance_of(units, user_id) == (0, 40)
        hold = hold_of(units, order)
        booked(units, a_settle(user_id, hold.id, outcomes(a=25), at=NOON + 2 * DAY))
        assert balance_of(units, user_id) == (0, 0)
        gone = [e.posting for e in entries_of(units, user_id) if e.posting.account == "expired"]
        assert [posting.kopecks for posting in gone] == [60, 15]

    def test_a_return_to_an_expired_grant_is_expired_at_once(self, units: LedgerUnits) -> None:
        user_id = a_promoted_user(units, 100)
        booked(units, a_top_up(user_id, 100, at=NOON + HOLD_TTL))
        order = a_take_hold(user_id, lines(a=150), at=NOON + HOLD_TTL)
        booked(units, order)
        booked(units, a_release(user_id, hold_of(units, order).id, at=NOON + DAY))
        assert balance_of(units, user_id) == (100, 0)
        assert [g.available_kopecks for g in grants_of(units, user_id)] == [0, 100]

    def test_a_charge_of_an_expired_grant_given_back_is_expired_at_once(
        self, units: LedgerUnits
    ) -> None:
        user_id = a_promoted_user(units, 100)
        order = a_take_hold(user_id, lines(a=100))
        booked(units, order)
        booked(units, a_settle(user_id, hold_of(units, order).id, outcomes(a=100)))
        (charge,) = [e for e in entries_of(units, user_id) if e.posting.account == "revenue"]
        booked(units, a_correction(user_id, charge.number, 30, at=NOON + DAY))
        assert balance_of(units, user_id) == (0, 0)
        last = [e.posting for e in entries_of(units, user_id)[-2:]]
        assert {(p.account, p.kopecks) for p in last} == {
            (Account.CORRECTIONS, -30),
            (Account.EXPIRED, 30),
        }

    def test_an_abandoned_hold_returns_whole_once_its_time_is_up(self, units: LedgerUnits) -> None:
        """Hardening 34, 42: after clock and TTL every hold has ended."""
        order, hold = a_held_run(units)
        assert swept(units, minutes=59.99) == 0
        grants = {grant.id: grant for grant in grants_of(units, order.user_id)}
        assert swept(units, minutes=60) == 1
        assert hold_of(units, order).state is HoldState.EXPIRED
        assert balance_of(units, order.user_id) == (1000, 0)
        entries = entries_of(units, order.user_id, order.run_id)
        last = [entry for entry in entries if entry.kind is OperationKind.EXPIRE]
        expected = bookkeeping.released(hold, "expired", grants, now=PAST)
        assert tuple(entry.posting for entry in last) == expected
        assert {entry.at for entry in last} == {PAST}

    def test_a_hold_may_be_settled_late_while_nobody_ended_it(self, units: LedgerUnits) -> None:
        order, hold = a_held_run(units)
        late = a_settle(order.user_id, hold.id, outcomes(shots=5), at=NOON + DAY)
        booked(units, late)
        assert balance_of(units, order.user_id) == (995, 0)

    def test_a_hold_of_a_queued_run_does_not_expire(self, units: LedgerUnits) -> None:
        """A long queue must not make a run free."""
        order, _ = a_run_that_holds(units, started=False)
        assert swept(units, days=30) == 0
        assert hold_of(units, order).state is HoldState.OPEN

    def test_a_live_lease_extends_the_hold_of_its_run(self, units: LedgerUnits) -> None:
        order, _ = a_run_that_holds(units, started=True)
        with units() as work:
            lease = work.leases.take(order.run_id, owner="me", now=PAST)
            work.commit()
        with units() as work:
            assert work.ledger.expire(lease.expires_at - timedelta(microseconds=1)) == 0
            work.commit()
        assert hold_of(units, order).state is HoldState.OPEN
        with units() as work:
            assert work.ledger.expire(lease.expires_at) == 1
            work.commit()
        assert hold_of(units, order).state is HoldState.EXPIRED

    def test_a_hold_of_a_run_that_ended_and_never_settled_expires(self, units: LedgerUnits) -> None:
        order, _ = a_run_that_holds(units, started=True)
        with units() as work:
            lease = work.leases.take(order.run_id, owner="me", now=NOON)
            run = work.runs.get(order.run_id)
            run.end_component(a_component_run("shots"), now=NOON)
            work.runs.save(run, fence=lease.fence)
            work.leases.release(lease, now=NOON)
            work.commit()
        assert swept(units, minutes=61) == 1
        assert balance_of(units, order.user_id) == (1000, 0)

    def test_what_returns_of_an_expired_hold_to_an_expired_grant_goes_in_one_sweep(
        self, units: LedgerUnits
    ) -> None:
        user_id = a_promoted_user(units, 100)
        booked(units, a_take_hold(user_id, lines(a=40)))
        swept(units, days=1)
        assert balance_of(units, user_id) == (0, 0)
        assert swept(units, days=2) == 0

    def test_one_sweep_ends_what_is_over_of_every_user(self, units: LedgerUnits) -> None:
        orders = [a_held_run(units)[0] for _ in range(3)]
        promoted = a_promoted_user(units)
        assert swept(units, days=1) == 4
        assert {hold_of(units, order).state for order in orders} == {HoldState.EXPIRED}
        assert balance_of(units, promoted) == (0, 0)

    def test_a_sweep_that_was_not_committed_has_ended_nothing(self, units: LedgerUnits) -> None:
        order, hold = a_held_run(units)
        with units() as work:
            assert work.ledger.expire(PAST) == 1
        assert hold_of(units, order) == hold
        booked(units, a_settle(order.user_id, hold.id, outcomes(shots=5)))
