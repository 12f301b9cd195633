"""What holds for the books of any hold, over any grants, with any outcome."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import bookkeeping
from domain.credits import Credits
from domain.errors import InsufficientCredits, NotCorrectable
from domain.ledger import (
    Account,
    Grant,
    GrantId,
    Hold,
    OperationKind,
    Outcome,
    Posting,
)
from tests.builders import NOON
from tests.ledgers import a_correction, a_grant, a_hold, a_top_up, a_user, an_entry

MINUTES = st.integers(-5, 5)
KOPECKS = st.integers(0, 60)
NAMES = ["loudness", "preparation", "shots", "tempo"]
USER = a_user()


def moment(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


GRANTS = st.lists(
    st.builds(
        lambda kopecks, granted, expires: a_grant(
            kopecks,
            granted_at=moment(granted),
            expires_at=None if expires is None else moment(expires),
        ),
        KOPECKS,
        MINUTES,
        st.none() | MINUTES,
    ),
    max_size=5,
)


@dataclass(frozen=True)
class Held:
    """A hold, its grants after it was taken, and how its run ended when."""

    hold: Hold
    grants: dict[GrantId, Grant]
    outcomes: dict[str, Outcome]
    now: datetime


@st.composite
def holds(draw: st.DrawFn) -> Held:
    grants = draw(GRANTS)
    left = sum(grant.available_kopecks for grant in grants if not grant.has_expired(NOON))
    held: dict[str, int] = {}
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1)):
        held[name] = draw(st.integers(0, left))
        left -= held[name]
    parts = bookkeeping.drawn(grants, sum(held.values()), now=NOON)
    taken = bookkeeping.held(parts)
    ran = draw(st.lists(st.sampled_from(sorted(held)), unique=True))
    outcomes = {
        name: Outcome(Credits(draw(st.integers(0, held[name]))), draw(st.sampled_from("abc")))
        for name in ran
    }
    return Held(
        hold=a_hold(parts, **held),
        grants={grant.id: bookkeeping.applied(grant, taken) for grant in grants},
        outcomes=outcomes,
        now=moment(draw(MINUTES)),
    )


def settled(held: Held) -> tuple[Posting, ...]:
    return bookkeeping.settled(held.hold, held.outcomes, held.grants, now=held.now)


def goals(postings: tuple[Posting, ...]) -> list[Posting]:
    return [posting for posting in postings if posting.kopecks > 0]


def per_grant_sums(postings: tuple[Posting, ...]) -> Counter[GrantId]:
    sums: Counter[GrantId] = Counter()
    for posting in postings:
        sums[posting.grant_id] += posting.kopecks
    return sums


@given(holds())
def test_every_operation_sums_to_zero_in_all_and_by_grant(held: Held) -> None:
    """R-605: double entry."""
    top_up = bookkeeping.topped_up(a_top_up(USER, 5), GrantId(held.hold.id))
    expired = [bookkeeping.expired(grant) for grant in held.grants.values()]
    every = [top_up, bookkeeping.held(held.hold.parts), settled(held), *expired]
    for postings in every:
        assert sum(posting.kopecks for posting in postings) == 0
        assert not any(per_grant_sums(postings).values())
        assert all(posting.kopecks for posting in postings)


@given(holds())
def test_what_was_held_is_charged_or_returned_line_by_line_with_a_reason(held: Held) -> None:
    """R-604: charged + returned = held, and never more than the line."""
    moved = goals(settled(held))
    for name, line in held.hold.lines.items():
        mine = [posting for posting in moved if posting.component == name]
        end = held.outcomes.get(name, Outcome(Credits(0), "not_run"))
        assert sum(posting.kopecks for posting in mine) == line.kopecks
        assert bookkeeping.sum_of(mine, Account.REVENUE) == end.charged.kopecks
        assert {posting.reason for posting in mine} <= {end.reason}
    assert {posting.component for posting in moved} <= set(held.hold.lines)


@given(holds())
def test_each_grant_gets_back_or_pays_exactly_what_was_drawn_from_it(held: Held) -> None:
    drawn = Counter({part.grant_id: part.kopecks for part in held.hold.parts})
    moved: Counter[GrantId] = Counter()
    for posting in goals(settled(held)):
        moved[posting.grant_id] += posting.kopecks
    assert moved == drawn


@given(holds())
def test_what_returns_goes_to_expired_exactly_when_its_grant_has_expired(held: Held) -> None:
    for posting in goals(settled(held)):
        if posting.account is not Account.REVENUE:
            gone = held.grants[posting.grant_id].has_expired(held.now)
            assert posting.account is (Account.EXPIRED if gone else Account.AVAILABLE)


@given(holds())
def test_charges_use_up_what_was_drawn_first_before_what_was_drawn_later(held: Held) -> None:
    """So what comes back is what lasts longest."""
    order = [part.grant_id for part in held.hold.parts]
    ranks = [order.index(posting.grant_id) for posting in goals(settled(held))]
    assert ranks == sorted(ranks)
    accounts = [posting.account is Account.REVENUE for posting in goals(settled(held))]
    assert accounts == sorted(accounts, reverse=True)


@given(holds())
def test_no_grant_goes_below_zero_and_nothing_stays_held(held: Held) -> None:
    postings = settled(held)
    for grant in held.grants.values():
        after = bookkeeping.applied(grant, postings)
        assert after.available_kopecks >= grant.available_kopecks
        assert after.held_kopecks == 0


@given(holds(), st.sampled_from(["cancelled", "run_failed"]))
def test_a_release_undoes_a_hold_where_nothing_has_expired(held: Held, reason: str) -> None:
    """Taking and returning at one moment leaves every grant as it was."""
    postings = bookkeeping.released(held.hold, reason, held.grants, now=NOON)
    drawn = {part.grant_id: part.kopecks for part in held.hold.parts}
    for grant in held.grants.values():
        after = bookkeeping.applied(grant, postings)
        returned = after.available_kopecks - grant.available_kopecks
        assert returned == drawn.get(grant.id, 0)
    assert {posting.reason for posting in postings} <= {reason}


@given(GRANTS, st.integers(0, 300))
def test_a_hold_draws_what_is_asked_from_what_has_not_expired(
    grants: list[Grant], kopecks: int
) -> None:
    usable = {grant.id: grant for grant in grants if not grant.has_expired(NOON)}
    total = sum(grant.available_kopecks for grant in usable.values())
    if kopecks > total:
        with pytest.raises(InsufficientCredits):
            bookkeeping.drawn(grants, kopecks, now=NOON)
        return
    parts = bookkeeping.drawn(grants, kopecks, now=NOON)
    assert sum(part.kopecks for part in parts) == kopecks
    assert all(0 < part.kopecks <= usable[part.grant_id].available_kopecks for part in parts)
    assert len({part.grant_id for part in parts}) == len(parts)


@given(GRANTS, st.integers(0, 300))
def test_no_grant_is_touched_while_one_that_ends_sooner_is_left(
    grants: list[Grant], kopecks: int
) -> None:
    usable = {grant.id: grant for grant in grants if not grant.has_expired(NOON)}
    drawable = min(kopecks, sum(grant.available_kopecks for grant in usable.values()))
    left = dict(usable)
    far = moment(9999)
    for part in bookkeeping.drawn(grants, drawable, now=NOON):
        ends = usable[part.grant_id].expires_at or far
        sooner = [g for g in left.values() if (g.expires_at or far) < ends and g.available_kopecks]
        assert sooner == []
        if part.kopecks == usable[part.grant_id].available_kopecks:
            del left[part.grant_id]


@given(st.integers(1, 100), st.lists(st.integers(1, 60), max_size=6), st.booleans())
def test_corrections_of_one_charge_never_exceed_it(
    charged: int, wishes: list[int], expired: bool
) -> None:
    grant = a_grant(0, expires_at=NOON if expired else None)
    charge = an_entry(OperationKind.SETTLE, Account.REVENUE, charged, grant_id=grant.id)
    corrected = 0
    for wish in wishes:
        order = a_correction(USER, charge.number, wish)
        try:
            postings = bookkeeping.corrected(order, charge, grant, corrected_kopecks=corrected)
        except NotCorrectable:
            assert wish > charged - corrected
        else:
            assert sum(posting.kopecks for posting in postings) == 0
            corrected += sum(posting.kopecks for posting in goals(postings))
    assert corrected <= charged


@given(st.integers(1, 100), st.integers(0, 100), st.integers(1, 120))
def test_a_top_up_taken_back_never_leaves_a_grant_below_zero(
    granted: int, available: int, wish: int
) -> None:
    grant = a_grant(min(available, granted))
    entry = an_entry(OperationKind.TOP_UP, Account.AVAILABLE, granted, grant_id=grant.id)
    order = a_correction(USER, entry.number, wish)
    if wish > grant.available_kopecks:
        with pytest.raises((InsufficientCredits, NotCorrectable)):
            bookkeeping.corrected(order, entry, grant, corrected_kopecks=0)
        return
    postings = bookkeeping.corrected(order, entry, grant, corrected_kopecks=0)
    assert bookkeeping.applied(grant, postings).available_kopecks == grant.available_kopecks - wish
