"""A cancel of one run in company is none of the others' (R-510)."""

import threading
from collections.abc import Sequence

from application.errors import TimedOut
from application.ports.cancellation import Cancellation
from application.seat import Seat
from domain.errors import Cancelled
from tests.application.seated import GUILTY, LIMIT_S, LoggedAnalyst, Token, ends, measuring


def test_a_cancel_of_one_ends_its_waiting_and_nothing_of_the_others() -> None:
    """R-510, while all of them are measured together."""
    token, begun, left = Token(), threading.Event(), threading.Event()

    def together(runs: Sequence[int]) -> None:
        if GUILTY in runs:
            token.requested = True
            begun.set()
            assert left.wait(LIMIT_S), "the cancelled run waited for the others"

    def cancelled(seat: Seat) -> object:
        try:
            return measuring(GUILTY, "faces", token=token)(seat)
        finally:
            left.set()

    analyst = LoggedAnalyst(together)
    found = ends(analyst, measuring(1, "faces", "people"), cancelled, measuring(3, "faces"))
    assert found == [[None, None], Cancelled, [None]]
    assert begun.is_set()
    assert analyst.sorted_log == [("faces", (1, 2, 3)), ("people", (1,))]


def test_who_is_cancelled_while_it_waits_for_the_others_leaves_at_once() -> None:
    token, left = Token(), threading.Event()

    def alone(run: int, cancellation: Cancellation) -> None:
        del cancellation
        if run == 1 and not token.requested:
            token.requested = True
            assert left.wait(LIMIT_S), "the cancelled run waited for the others"

    def cancelled(seat: Seat) -> object:
        try:
            return measuring(GUILTY, "faces", token=token)(seat)
        finally:
            left.set()

    analyst = LoggedAnalyst(alone=alone)
    assert ends(analyst, measuring(1, "colour", "faces"), cancelled) == [[None, None], Cancelled]
    assert analyst.log == [("colour", (1,)), ("faces", (1,))]


def test_who_is_cancelled_while_their_work_breaks_is_not_measured_alone() -> None:
    token, left = Token(), threading.Event()

    def together(runs: Sequence[int]) -> None:
        del runs
        token.requested = True
        assert left.wait(LIMIT_S)
        raise TimedOut("measure took too long")

    def cancelled(seat: Seat) -> object:
        try:
            return measuring(GUILTY, "faces", token=token)(seat)
        finally:
            left.set()

    analyst = LoggedAnalyst(together)
    found = ends(analyst, measuring(1, "faces"), cancelled, measuring(3, "faces"))
    assert found == [[None], Cancelled, [None]]
    assert sorted(analyst.log[1:]) == [("faces", (1,)), ("faces", (3,))]


def test_a_cancel_of_one_that_works_alone_is_heard_by_the_analyst() -> None:
    """R-510: and its run goes on to its end only when nothing is at work for it any more."""
    token, over = Token(), threading.Event()

    def alone(run: int, cancellation: Cancellation) -> None:
        del run
        token.requested = True
        while not cancellation.requested:
            threading.Event().wait(0.01)
        over.set()
        raise Cancelled("cancelled while working")

    def cancelled(seat: Seat) -> object:
        try:
            return measuring(1, "colour", token=token)(seat)
        finally:
            assert over.is_set()

    assert ends(LoggedAnalyst(alone=alone), cancelled) == [Cancelled]


def test_who_is_cancelled_before_its_turn_is_not_measured() -> None:
    analyst = LoggedAnalyst()
    found = ends(
        analyst, measuring(1, "faces"), measuring(GUILTY, "faces", token=Token(requested=True))
    )
    assert found == [[None], Cancelled]
    assert analyst.log == [("faces", (1,))]
