"""A ledger beside the model of it, through any sequence of acts (hardening 42)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from domain.credits import Credits
from domain.errors import (
    ChargeAboveHold,
    DomainError,
    EntryNotFound,
    HoldEnded,
    HoldNotFound,
    IdempotencyConflict,
    InsufficientCredits,
    NotCorrectable,
)
from domain.identity import RunId
from domain.lease import LEASE_TTL
from domain.ledger import (
    Account,
    Balance,
    Entry,
    Grant,
    GrantKind,
    HoldId,
    Outcome,
    Receipt,
    UserId,
)
from domain.ledger_orders import Order, TopUp
from tests.builders import NOON, a_run
from tests.contracts.ledger_acts import LedgerUnits, booked, carried_out
from tests.contracts.ledger_model import FOREVER, Model, ModelGrant, ModelHold
from tests.contracts.ledger_replay import another, replayed_sums
from tests.ledgers import a_correction, a_release, a_settle, a_take_hold, a_top_up, a_user, lines

HOLD_TTL_S = 1800
NAMES = ["loudness", "preparation", "shots"]
KOPECKS = st.integers(1, 40)
ENDS = st.sampled_from([None, 60, 600, 3600])
PICK = st.integers(0, 99)
USERS = st.integers(0, 1)


def moment(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


class LedgerMachine(RuleBasedStateMachine):
    """Two users; every act is compared with the model, and so is all that is kept after it."""

    steps = 0

    def __init__(self, units: LedgerUnits) -> None:
        super().__init__()
        self.units = units
        self.users = [a_user(), a_user()]
        self.model = Model()
        self.now_s = 0
        self.done: list[tuple[Order, Receipt]] = []
        self.keys = 0

    @property
    def details(self) -> dict[str, Any]:
        """A key that another user may have used already, and the time."""
        self.keys += 1
        return {"key": f"key-{self.keys // 2}-{self.keys % 2}", "at": moment(self.now_s)}

    def act(self, order: Order) -> Receipt:
        receipt = booked(self.units, order)
        assert not receipt.again
        self.done.append((order, receipt))
        return receipt

    def refused(self, order: Order, refusal: type[DomainError]) -> None:
        with self.units() as work:
            with pytest.raises(refusal):
                carried_out(work.ledger, order)
            work.commit()

    def some_hold(self, pick: int) -> ModelHold:
        return self.model.holds[pick % len(self.model.holds)]

    def grant_of(self, entry: Entry) -> ModelGrant:
        return next(g for g in self.model.grants if g.id == entry.posting.grant_id)

    @initialize(kopecks=KOPECKS)
    def begin(self, kopecks: int) -> None:
        for user in range(len(self.users)):
            self.top_up(user, kopecks, None, kind=GrantKind.PAID)

    @rule(user=USERS, kopecks=KOPECKS, ttl_s=ENDS, kind=st.sampled_from(GrantKind))
    def top_up(self, user: int, kopecks: int, ttl_s: int | None, *, kind: GrantKind) -> None:
        user_id = self.users[user]
        ends_s = FOREVER if ttl_s is None else self.now_s + ttl_s
        expires_at = None if ttl_s is None else moment(ends_s)
        order = a_top_up(user_id, kopecks, kind=kind, expires_at=expires_at, **self.details)
        subject = self.act(order).subject
        assert subject is not None
        self.model.top_up(ModelGrant(user_id, subject, self.now_s, ends_s), kopecks)

    @rule(
        user=USERS,
        held=st.dictionaries(st.sampled_from(NAMES), st.integers(0, 30), min_size=1),
        queued=st.booleans(),
    )
    def hold(self, user: int, held: dict[str, int], *, queued: bool) -> None:
        user_id, run = self.users[user], a_run()
        order = a_take_hold(
            user_id,
            lines(**held),
            run_id=run.id,
            expires_at=moment(self.now_s + HOLD_TTL_S),
            **self.details,
        )
        usable = self.model.usable(user_id, self.now_s)
        if sum(held.values()) > len(usable):
            self.refused(order, InsufficientCredits)
            return
        if queued:
            with self.units() as work:
                work.runs.add(run)
                work.commit()
        subject = self.act(order).subject
        assert subject is not None
        drawn, ends_s = usable[: sum(held.values())], self.now_s + HOLD_TTL_S
        self.model.hold(ModelHold(user_id, subject, run.id, held, drawn, ends_s, queued))

    @precondition(lambda self: self.model.holds)
    @rule(pick=PICK, parts=st.lists(st.integers(0, 11), min_size=3, max_size=3))
    def settle(self, pick: int, parts: list[int]) -> None:
        """Charges so many tenths of each line; eleven is one kopeck too many."""
        hold = self.some_hold(pick)
        shares = dict(zip(sorted(hold.lines), parts, strict=False))
        charges = {
            name: hold.lines[name] + 1 if tenths == 11 else hold.lines[name] * tenths // 10
            for name, tenths in shares.items()
        }
        ends = {name: Outcome(Credits(kopecks), "ok") for name, kopecks in charges.items()}
        order = a_settle(UserId(hold.user), HoldId(hold.id), ends, **self.details)
        if hold.state != "open":
            self.refused(order, HoldEnded)
        elif any(charged > hold.lines[name] for name, charged in charges.items()):
            self.refused(order, ChargeAboveHold)
        else:
            self.act(order)
            charged = sum(charges.values())
            self.model.end(hold, charged=charged, now_s=self.now_s, state="settled")

    @precondition(lambda self: self.model.holds)
    @rule(pick=PICK)
    def release(self, pick: int) -> None:
        hold = self.some_hold(pick)
        order = a_release(UserId(hold.user), HoldId(hold.id), **self.details)
        if hold.state != "open":
            self.refused(order, HoldEnded)
            return
        self.act(order)
        self.model.end(hold, charged=0, now_s=self.now_s, state="released")

    @precondition(lambda self: self.model.holds)
    @rule(pick=PICK)
    def take_up(self, pick: int) -> None:
        """A worker begins with a queued run, and is never heard of again."""
        self.leave_queue(self.some_hold(pick))

    def leave_queue(self, hold: ModelHold) -> None:
        if not hold.queued:
            return
        with self.units() as work:
            lease = work.leases.take(RunId(hold.run), owner="worker", now=moment(self.now_s))
            run = work.runs.get(RunId(hold.run))
            run.start(now=moment(self.now_s))
            work.runs.save(run, fence=lease.fence)
            work.commit()
        hold.queued = False
        hold.leased_until_s = self.now_s + int(LEASE_TTL.total_seconds())

    @rule(seconds=st.sampled_from([1, 30, 60, 600, HOLD_TTL_S, 86_400]))
    def tick(self, seconds: int) -> None:
        self.now_s += seconds

    @rule()
    def expire(self) -> None:
        with self.units() as work:
            booked_count = work.ledger.expire(moment(self.now_s))
            work.commit()
        assert booked_count == self.model.expire(self.now_s)

    @rule(user=USERS, pick=PICK, kopecks=st.integers(1, 60))
    def correct(self, user: int, pick: int, kopecks: int) -> None:
        """Any entry may be asked for; only charges and top-ups are corrected, and in bounds."""
        user_id = self.users[user]
        entries = self.entries(user_id)
        entry = entries[pick % len(entries)]
        order = a_correction(user_id, entry.number, kopecks, **self.details)
        posting, grant = entry.posting, self.grant_of(entry)
        charge = posting.account is Account.REVENUE
        top_up = entry.kind == "top_up" and posting.account is Account.AVAILABLE
        others = [other.posting for other in entries if other.posting.corrects == entry.number]
        earlier = sum(abs(other.kopecks) for other in others)
        left = posting.kopecks - earlier // 2
        if not (charge or top_up) or kopecks > left:
            self.refused(order, NotCorrectable)
        elif top_up and kopecks > grant.amounts["available"]:
            self.refused(order, InsufficientCredits)
        else:
            self.act(order)
            if charge:
                self.model.give_back(grant, kopecks, self.now_s)
            else:
                self.model.take_back(grant, kopecks)

    @rule(pick=PICK)
    def send_again(self, pick: int) -> None:
        order, receipt = self.done[pick % len(self.done)]
        # Credits may have ended since; an order that would give such is none.
        later = order if isinstance(order, TopUp) else replace(order, at=moment(self.now_s))
        again = booked(self.units, later)
        assert again.again
        assert again == receipt

    @rule(pick=PICK)
    def ask_for_something_else_under_a_used_key(self, pick: int) -> None:
        order, _ = self.done[pick % len(self.done)]
        self.refused(another(order), IdempotencyConflict)

    @rule(user=USERS, kopecks=KOPECKS)
    def give_up_before_the_commit(self, user: int, kopecks: int) -> None:
        order = a_top_up(self.users[user], kopecks, key="given up", at=moment(self.now_s))
        with self.units() as work:
            assert not work.ledger.top_up(order).again

    @precondition(lambda self: self.model.holds)
    @rule(pick=PICK)
    def reach_for_what_is_somebody_elses(self, pick: int) -> None:
        hold = self.some_hold(pick)
        stranger = next(user for user in self.users if user != hold.user)
        foreign = self.entries(UserId(hold.user))[0].number
        self.refused(a_release(stranger, HoldId(hold.id), **self.details), HoldNotFound)
        self.refused(a_correction(stranger, foreign, 1, **self.details), EntryNotFound)

    @invariant()
    def all_that_is_kept_is_as_the_model_says(self) -> None:
        type(self).steps += 1
        with self.units() as work:
            for user_id in self.users:
                balance = work.ledger.balance(user_id)
                grants = list(work.ledger.grants(user_id))
                entries = work.ledger.entries(user_id)
                self.balances_are_right(user_id, balance, grants)
                self.entries_replay_to_the_same(user_id, entries)
            for hold in self.model.holds[-5:]:
                found = work.ledger.hold_of(UserId(hold.user), RunId(hold.run))
                assert found is not None
                assert (found.id, str(found.state)) == (hold.id, hold.state)

    def balances_are_right(self, user_id: UserId, balance: Balance, grants: list[Grant]) -> None:
        kept = {grant.id: (grant.available_kopecks, grant.held_kopecks) for grant in grants}
        mine = [grant for grant in self.model.grants if grant.user == user_id]
        assert kept == {g.id: (g.amounts["available"], g.amounts["held"]) for g in mine}
        assert all(amount >= 0 for pair in kept.values() for amount in pair)
        assert balance.available.kopecks == sum(available for available, _ in kept.values())
        assert balance.held.kopecks == sum(held for _, held in kept.values())

    def entries_replay_to_the_same(self, user_id: UserId, entries: Sequence[Entry]) -> None:
        """Per grant: available + held + spent + expired = granted + corrections."""
        replayed = replayed_sums(entries)
        for grant in (g for g in self.model.grants if g.user == user_id):
            found = replayed.pop(grant.id)
            assert found == {name: grant.amounts[name] for name in found}
            where = sum(found[name] for name in ("available", "held", "spent", "expired"))
            assert where == found["granted"] + found["corrected"]
        assert not replayed

    def teardown(self) -> None:
        """After the clock and the longest time to live every hold has ended."""
        for hold in self.model.holds:
            self.leave_queue(hold)
        self.now_s += HOLD_TTL_S + int(LEASE_TTL.total_seconds())
        self.expire()
        with self.units() as work:
            for hold in self.model.holds:
                found = work.ledger.hold_of(UserId(hold.user), RunId(hold.run))
                assert found is not None
                assert found.state != "open"
        assert all(self.model.total(user, "held") == 0 for user in self.users)
        self.all_that_is_kept_is_as_the_model_says()

    def entries(self, user_id: UserId) -> list[Entry]:
        with self.units() as work:
            return list(work.ledger.entries(user_id))
