"""Each function of the books against bills computed by hand (R-604, R-605)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from domain import bookkeeping
from domain.credits import Credits
from domain.errors import (
    ChargeAboveHold,
    HoldEnded,
    InsufficientCredits,
)
from domain.ledger import (
    Account,
    Grant,
    GrantId,
    GrantKind,
    Hold,
    HoldState,
    Outcome,
    Part,
    Posting,
)
from tests.builders import NOON
from tests.domain.postings import sources, told
from tests.ledgers import (
    a_grant,
    a_hold,
    a_top_up,
    a_user,
    lines,
    outcomes,
)

USER = a_user()
DAY = timedelta(days=1)
FIRST, SECOND, THIRD = (GrantId(UUID(int=number)) for number in (1, 2, 3))
LASTING = a_grant(100, id=FIRST)
ENDING = a_grant(100, id=SECOND, kind=GrantKind.PROMOTIONAL, expires_at=NOON + DAY)
BOTH = {FIRST: LASTING, SECOND: ENDING}
ENDS = [Part(SECOND, 100), Part(FIRST, 50)]


@pytest.mark.parametrize(
    ("kind", "source"),
    [(GrantKind.PAID, Account.PAYMENTS), (GrantKind.PROMOTIONAL, Account.PROMOTIONS)],
)
def test_a_top_up_comes_from_where_its_kind_says(kind: GrantKind, source: Account) -> None:
    postings = bookkeeping.topped_up(a_top_up(USER, 500, kind=kind), FIRST)
    assert postings == (
        Posting(account=source, kopecks=-500, grant_id=FIRST),
        Posting(account=Account.AVAILABLE, kopecks=500, grant_id=FIRST),
    )


def test_what_ends_soonest_is_drawn_first_then_what_is_oldest() -> None:
    later = a_grant(10, expires_at=NOON + 2 * DAY)
    older, newer = a_grant(10, granted_at=NOON - DAY), a_grant(10)
    soon = a_grant(10, expires_at=NOON + DAY)
    grants = [newer, later, older, soon]
    expected = [Part(soon.id, 10), Part(later.id, 10), Part(older.id, 10), Part(newer.id, 5)]
    assert list(bookkeeping.drawn(grants, 35, now=NOON)) == expected


def test_among_grants_alike_the_choice_is_always_the_same() -> None:
    grants = [a_grant(10, id=number) for number in (THIRD, FIRST, SECOND)]
    assert bookkeeping.drawn(grants, 10, now=NOON) == (Part(FIRST, 10),)


def test_nothing_is_drawn_from_an_empty_grant_nor_for_nothing() -> None:
    assert bookkeeping.drawn([a_grant(0), LASTING], 5, now=NOON) == (Part(FIRST, 5),)
    assert bookkeeping.drawn([LASTING], 0, now=NOON) == ()


def test_what_has_expired_or_is_held_pays_for_nothing() -> None:
    """The refusal tells what is left to use."""
    expired = a_grant(500, expires_at=NOON)
    busy = a_grant(30, held_kopecks=500)
    with pytest.raises(InsufficientCredits) as refusal:
        bookkeeping.drawn([expired, busy], 31, now=NOON)
    assert refusal.value.fields == {"asked": "0.31", "available": "0.30"}
    assert bookkeeping.drawn([expired, busy], 30, now=NOON) == (Part(busy.id, 30),)


def test_a_hold_moves_each_part_within_its_grant() -> None:
    postings = bookkeeping.held(ENDS)
    assert told(postings) == [
        (Account.HELD, 100, SECOND, None, None),
        (Account.HELD, 50, FIRST, None, None),
    ]
    assert sources(postings) == {Account.AVAILABLE}


def test_a_bill_of_three_lines() -> None:
    """Held 80 + 40 + 30 of a grant that ends (100) and one that lasts (50).

    Loudness costs 60 of 80, shots failed, tempo costs all its 30: 90 charged, all of it to what
    ends; 60 return, 10 to what ends and 50 to what lasts.
    """
    hold = a_hold(ENDS, loudness=80, shots=40, tempo=30)
    ends = {
        "loudness": Outcome(Credits(60), "ok"),
        "shots": Outcome(Credits(0), "measurement_failed"),
        "tempo": Outcome(Credits(30), "ok"),
    }
    postings = bookkeeping.settled(hold, ends, BOTH, now=NOON)
    assert told(postings) == [
        (Account.REVENUE, 60, SECOND, "loudness", "ok"),
        (Account.REVENUE, 30, SECOND, "tempo", "ok"),
        (Account.AVAILABLE, 10, SECOND, "loudness", "ok"),
        (Account.AVAILABLE, 10, FIRST, "loudness", "ok"),
        (Account.AVAILABLE, 40, FIRST, "shots", "measurement_failed"),
    ]
    assert sources(postings) == {Account.HELD}


def test_one_charge_may_take_from_two_grants() -> None:
    hold = a_hold(ENDS, loudness=150)
    postings = bookkeeping.settled(hold, outcomes(loudness=120), BOTH, now=NOON)
    assert told(postings) == [
        (Account.REVENUE, 100, SECOND, "loudness", "ok"),
        (Account.REVENUE, 20, FIRST, "loudness", "ok"),
        (Account.AVAILABLE, 30, FIRST, "loudness", "ok"),
    ]


def test_a_return_to_a_grant_that_has_expired_is_gone_at_once() -> None:
    hold = a_hold(ENDS, loudness=80, shots=70)
    postings = bookkeeping.settled(hold, outcomes(loudness=60), BOTH, now=NOON + DAY)
    assert told(postings) == [
        (Account.REVENUE, 60, SECOND, "loudness", "ok"),
        (Account.EXPIRED, 20, SECOND, "loudness", "ok"),
        (Account.EXPIRED, 20, SECOND, "shots", "not_run"),
        (Account.AVAILABLE, 50, FIRST, "shots", "not_run"),
    ]


def test_a_line_of_which_nothing_is_told_was_not_run() -> None:
    hold = a_hold([Part(FIRST, 30)], loudness=10, shots=20)
    assert told(bookkeeping.settled(hold, {}, BOTH, now=NOON)) == [
        (Account.AVAILABLE, 10, FIRST, "loudness", "not_run"),
        (Account.AVAILABLE, 20, FIRST, "shots", "not_run"),
    ]


def test_a_release_returns_every_line_for_the_one_reason() -> None:
    """R-604: a run that fails for lack of a required component costs nothing."""
    hold = a_hold(ENDS, loudness=80, shots=70)
    assert told(bookkeeping.released(hold, "run_failed", BOTH, now=NOON)) == [
        (Account.AVAILABLE, 80, SECOND, "loudness", "run_failed"),
        (Account.AVAILABLE, 20, SECOND, "shots", "run_failed"),
        (Account.AVAILABLE, 50, FIRST, "shots", "run_failed"),
    ]


@pytest.mark.parametrize("failed", ["preparation", "loudness", "shots", "tempo"])
def test_whichever_component_fails_its_share_comes_back(failed: str) -> None:
    """Kill each component in turn: charged + returned = held, with a reason a line."""
    held = {"preparation": 25, "loudness": 60, "shots": 40, "tempo": 25}
    hold = a_hold(ENDS, **held)
    ends = outcomes(**held) | {failed: Outcome(Credits(0), "component_killed")}
    moved = told(bookkeeping.settled(hold, ends, BOTH, now=NOON))
    charged = sum(kopecks for account, kopecks, *_ in moved if account is Account.REVENUE)
    returned = {(name, why) for account, _, _, name, why in moved if account is Account.AVAILABLE}
    assert charged == 150 - held[failed]
    assert returned == {(failed, "component_killed")}
    assert sum(kopecks for _, kopecks, *_ in moved) == 150


@pytest.mark.parametrize("ends", [outcomes(loudness=81), outcomes(tempo=1), outcomes(tempo=0)])
def test_no_line_is_charged_more_than_was_held_for_it(ends: dict[str, Outcome]) -> None:
    """Hardening 35: also when another line leaves enough."""
    hold = a_hold(ENDS, loudness=80, shots=70)
    with pytest.raises(ChargeAboveHold):
        bookkeeping.settled(hold, ends, BOTH, now=NOON)


@pytest.mark.parametrize("state", [state for state in HoldState if state is not HoldState.OPEN])
def test_a_hold_that_ended_is_neither_settled_nor_released(state: HoldState) -> None:
    """Hardening 34."""
    hold = replace(a_hold(ENDS, loudness=150), state=state)
    with pytest.raises(HoldEnded):
        bookkeeping.settled(hold, {}, BOTH, now=NOON)
    with pytest.raises(HoldEnded):
        bookkeeping.released(hold, "cancelled", BOTH, now=NOON)


def test_a_hold_of_nothing_ends_without_postings() -> None:
    hold = a_hold([], loudness=0)
    assert bookkeeping.held(hold.parts) == ()
    assert bookkeeping.settled(hold, outcomes(loudness=0), {}, now=NOON) == ()


def test_of_a_grant_that_has_expired_what_is_available_is_gone() -> None:
    postings = bookkeeping.expired(replace(ENDING, held_kopecks=30))
    assert told(postings) == [(Account.EXPIRED, 100, SECOND, None, None)]
    assert sources(postings) == {Account.AVAILABLE}
    assert bookkeeping.expired(replace(ENDING, available_kopecks=0)) == ()


def test_a_grant_ends_at_its_moment() -> None:
    moment = timedelta(microseconds=1)
    assert not ENDING.has_expired(NOON + DAY - moment)
    assert ENDING.has_expired(NOON + DAY)
    assert not LASTING.has_expired(NOON + 9999 * DAY)


def test_a_grant_moves_by_its_own_postings_alone() -> None:
    postings = bookkeeping.held(ENDS)
    after: list[Grant] = [bookkeeping.applied(grant, postings) for grant in BOTH.values()]
    assert [(g.available_kopecks, g.held_kopecks) for g in after] == [(50, 50), (0, 100)]
    stranger = a_grant(7)
    assert bookkeeping.applied(stranger, postings) == stranger


def test_a_hold_is_the_sum_of_its_lines() -> None:
    hold: Hold = a_hold(ENDS, loudness=80, shots=70)
    assert hold.kopecks == 150
    assert hold.lines == lines(loudness=80, shots=70)
