"""Orders refuse what cannot be asked, and one key stands for one request."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from uuid import UUID, uuid4

import pytest

from domain.credits import MAX_KOPECKS, Credits
from domain.errors import EntryNotFound, InvalidAmount, InvalidText
from domain.identity import RunId
from domain.ledger import GrantKind, HoldId, Outcome
from domain.ledger_orders import Order, fingerprint
from tests.builders import NOON
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

USER = a_user()
HOLD = HoldId(uuid4())
RUN = RunId(uuid4())
UNFIT = ["\x00", "a\nb", "\ud800", "\x1b[31m"]

ORDERS: dict[str, Callable[..., Order]] = {
    "top_up": lambda **details: a_top_up(USER, **details),
    "hold": lambda **details: a_take_hold(USER, **{"run_id": RUN, **details}),
    "settle": lambda **details: a_settle(USER, HOLD, outcomes(shots=5), **details),
    "release": lambda **details: a_release(USER, HOLD, **details),
    "correct": lambda **details: a_correction(USER, 3, 5, **details),
}


@pytest.mark.parametrize("make", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("key", ["", "k" * 201, *UNFIT])
def test_a_key_is_a_short_plain_text(make: Callable[..., Order], key: str) -> None:
    assert make(key="ключ " + "k" * 195).key
    with pytest.raises(InvalidText):
        make(key=key)


@pytest.mark.parametrize("text", ["n" * 501, *UNFIT])
@pytest.mark.parametrize("make", [ORDERS["release"], ORDERS["correct"]])
def test_notes_and_reasons_are_plain_text(make: Callable[..., Order], text: str) -> None:
    with pytest.raises(InvalidText):
        make(reason=text)
    with pytest.raises(InvalidText):
        a_top_up(USER, note=text)
    assert make(reason="Ошиблись 🙂").key
    assert a_top_up(USER, note="").note == ""


@pytest.mark.parametrize("reason", ["", " "])
def test_nothing_is_charged_returned_or_corrected_without_a_reason(reason: str) -> None:
    """R-608: corrections have a reason; and so has every line of a bill."""
    with pytest.raises(InvalidText):
        a_correction(USER, 3, 5, reason=reason)
    with pytest.raises(InvalidText):
        a_release(USER, HOLD, reason=reason)
    with pytest.raises(InvalidText):
        a_settle(USER, HOLD, {"shots": Outcome(Credits(0), reason)})


def test_nothing_is_no_amount_to_top_up_or_to_correct() -> None:
    """Hardening 38: amount 0."""
    with pytest.raises(InvalidAmount):
        a_top_up(USER, 0)
    with pytest.raises(InvalidAmount):
        a_correction(USER, 3, 0)


def test_a_run_that_costs_nothing_may_hold_nothing() -> None:
    """Reused components may be free; such a run starts like any other."""
    assert a_take_hold(USER, lines(shots=0)).kopecks == 0


def test_credits_that_have_expired_already_are_not_given() -> None:
    with pytest.raises(InvalidAmount):
        a_top_up(USER, expires_at=NOON)
    assert a_top_up(USER, expires_at=NOON + timedelta(microseconds=1)).expires_at


def test_lines_that_sum_past_any_amount_are_refused() -> None:
    """Hardening 38: overflow of the sum."""
    with pytest.raises(InvalidAmount):
        a_take_hold(USER, lines(shots=MAX_KOPECKS, loudness=1))


@pytest.mark.parametrize("number", [0, -1, 2**63])
def test_a_number_that_no_entry_has_is_not_found(number: int) -> None:
    with pytest.raises(EntryNotFound):
        a_correction(USER, number, 5)


def test_the_largest_number_of_an_entry_is_told_from_its_neighbour() -> None:
    last, other = (a_correction(USER, 2**63 - 1 - less, 5) for less in (0, 1))
    assert fingerprint(last) != fingerprint(other)


def test_the_same_asked_again_later_or_by_another_has_the_same_fingerprint() -> None:
    """Who asks stands beside the key already, and a second attempt comes later than the first."""
    later = {"at": NOON + timedelta(days=1)}
    for make in ORDERS.values():
        order = make()
        same = [make(**later), replace(order, user_id=a_user()), make(key="another")]
        assert {fingerprint(again) for again in same} == {fingerprint(order)}


def test_one_moment_told_in_two_zones_is_one_request() -> None:
    moscow = timezone(timedelta(hours=3))
    ends = NOON + timedelta(days=1)
    told = [a_top_up(USER, expires_at=end) for end in (ends, ends.astimezone(moscow))]
    assert fingerprint(told[0]) == fingerprint(told[1])


def test_the_order_in_which_lines_are_told_is_no_part_of_the_request() -> None:
    held, turned = lines(a=1, b=2), lines(b=2, a=1)
    assert fingerprint(a_take_hold(USER, held, run_id=RUN)) == fingerprint(
        a_take_hold(USER, turned, run_id=RUN)
    )


DIFFERENT: list[Order] = [
    a_top_up(USER, 5),
    a_top_up(USER, 6),
    a_top_up(USER, 5, kind=GrantKind.PROMOTIONAL),
    a_top_up(USER, 5, note="other"),
    a_top_up(USER, 5, expires_at=NOON + timedelta(days=1)),
    a_top_up(USER, 5, expires_at=NOON + timedelta(days=2)),
    a_take_hold(USER, lines(a=1, b=2), run_id=RUN),
    a_take_hold(USER, lines(a=2, b=1), run_id=RUN),
    a_take_hold(USER, lines(a=1, b=2), run_id=RunId(uuid4())),
    a_settle(USER, HOLD, outcomes(a=1)),
    a_settle(USER, HOLD, outcomes(a=2)),
    a_settle(USER, HOLD, {}),
    a_settle(USER, HOLD, {"a": Outcome(Credits(1), "error")}),
    a_settle(USER, HoldId(UUID(int=1)), outcomes(a=1)),
    a_release(USER, HOLD),
    a_release(USER, HOLD, reason="other"),
    a_release(USER, HoldId(UUID(int=1))),
    a_correction(USER, 1, 5),
    a_correction(USER, 2, 5),
    a_correction(USER, 1, 6),
    a_correction(USER, 1, 5, reason="other"),
]


def test_requests_that_differ_have_different_fingerprints() -> None:
    """R-605: the same request twice books once, another under its key is a conflict."""
    assert len({fingerprint(order) for order in DIFFERENT}) == len(DIFFERENT)
