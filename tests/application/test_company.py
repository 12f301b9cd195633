"""Runs in company share one analyst, and nothing else (R-502, R-508)."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from adapters.memory.clock import FixedClock
from application.errors import HandedBack, TimedOut
from application.ports.analyst import StepFailed
from application.ports.cancellation import Cancellation
from application.seat import Seat
from domain.identity import RunId
from domain.run import Failure
from tests.application.seated import GUILTY, Act, LoggedAnalyst, Token, ends, measuring, ordered


def test_each_component_is_measured_over_all_runs_at_once() -> None:
    analyst = LoggedAnalyst()
    assert (
        ends(analyst, *(measuring(run, "faces", "people") for run in (1, 2, 3)))
        == [[None, None]] * 3
    )
    assert analyst.sorted_log == [("faces", (1, 2, 3)), ("people", (1, 2, 3))]


def test_who_comes_late_to_a_component_is_waited_for() -> None:
    """One run has no faces to find; the other is still at its colours."""
    analyst = LoggedAnalyst()
    ends(analyst, measuring(1, "people"), measuring(2, "colour", "faces", "people"))
    assert analyst.sorted_log == [("colour", (2,)), ("faces", (2,)), ("people", (1, 2))]


def test_a_group_is_no_larger_than_the_machine_holds() -> None:
    analyst = LoggedAnalyst()
    ends(analyst, *(measuring(run, "faces") for run in range(5)), most=2)
    assert sorted(len(runs) for _, runs in analyst.log) == [1, 2, 2]


def test_one_run_is_a_company_of_one() -> None:
    analyst = LoggedAnalyst()
    assert ends(analyst, measuring(1, "faces", "people", "colour")) == [[None] * 3]
    assert analyst.log == [("faces", (1,)), ("people", (1,)), ("colour", (1,))]


def test_the_analyst_is_called_from_one_thread_alone() -> None:
    """Its child dies with the thread that started it."""
    analyst = LoggedAnalyst()
    ends(analyst, *(measuring(run, "colour", "faces") for run in range(4)))
    assert analyst.threads == {threading.get_ident()}


def test_pictures_are_drawn_for_whoever_asks() -> None:
    analyst = LoggedAnalyst()
    drawn = ends(analyst, lambda seat: seat.jpegs(RunId(UUID(int=1)), (3, 1)))
    assert drawn == [(b"\x03", b"\x01")]


@pytest.mark.parametrize(
    "error",
    [
        StepFailed(Failure("component_crashed", "the process ended by itself")),
        TimedOut("measure took too long"),
        TypeError("a bug"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_breaks_their_work_is_told_to_its_own_run_alone(error: Exception) -> None:
    def together(runs: Sequence[int]) -> None:
        if GUILTY in runs:
            raise error

    def alone(run: int, cancellation: Cancellation) -> None:
        del cancellation
        if run == GUILTY:
            raise ZeroDivisionError

    analyst = LoggedAnalyst(together, alone=alone)
    found = ends(analyst, *(measuring(run, "faces") for run in (1, GUILTY, 3)))
    assert found == [[None], ZeroDivisionError, [None]]
    assert analyst.sorted_log[0] == ("faces", (1, 2, 3))
    assert sorted(analyst.log[1:]) == [("faces", (run,)) for run in (1, 2, 3)]


def test_too_little_memory_halves_the_group_twice_and_then_measures_alone() -> None:
    """R-508."""
    analyst = LoggedAnalyst(starved=lambda runs: runs if len(runs) > 1 else ())
    found = ends(analyst, *(measuring(run, "faces") for run in range(8)))
    assert found == [[None]] * 8
    assert sorted(map(len, (runs for _, runs in analyst.log)), reverse=True) == [
        8, 4, 4, 2, 2, 2, 2, *[1] * 8,
    ]  # fmt: skip


def test_a_work_that_was_refused_all_its_memory_is_halved_too() -> None:
    def together(runs: Sequence[int]) -> None:
        if len(runs) > 2:
            raise StepFailed(Failure("out_of_memory", "measure_together needs more memory"))

    analyst = LoggedAnalyst(together)
    assert ends(analyst, *(measuring(run, "faces") for run in range(4))) == [[None]] * 4
    assert [len(runs) for _, runs in analyst.log] == [4, 2, 2]


def test_who_alone_takes_too_much_is_told_so_and_nobody_else() -> None:
    analyst = LoggedAnalyst(starved=lambda runs: [GUILTY] if GUILTY in runs else [])
    found = ends(analyst, *(measuring(run, "faces") for run in (1, GUILTY, 3, 4)))
    assert found == [[None], ["out_of_memory"], [None], [None]]
    assert analyst.sorted_log == [("faces", (1, 2, 3, 4)), ("faces", (2,))]


def test_what_failed_once_is_tried_again_alone() -> None:
    """A component that timed out is measured again (R-507), and keeps nobody waiting."""
    analyst = LoggedAnalyst(starved=lambda runs: [GUILTY] if GUILTY in runs else [])
    ends(analyst, measuring(1, "faces", "people"), measuring(GUILTY, "faces", "faces"))
    again = analyst.sorted_log.index(("faces", (GUILTY,)))
    assert ("faces", (GUILTY,)) in analyst.sorted_log[again + 1 :]


def test_a_seat_is_an_analyst_in_all_it_does() -> None:
    analyst = LoggedAnalyst()

    def act(seat: Seat) -> object:
        orders = [ordered(1, "faces"), ordered(2, "faces")]
        return len(seat.measure_together(orders, at_once=1, cancellation=Token()))

    assert ends(analyst, act) == [2]
    assert analyst.log == [("faces", (1, 2))]


def test_time_that_a_run_waits_for_others_is_none_of_its_own() -> None:
    """R-506: a neighbour that hangs takes nothing from a run's own limit."""
    clock, waited = FixedClock(), {}

    def alone(run: int, cancellation: Cancellation) -> None:
        del cancellation
        clock.moment += timedelta(minutes=10 if run == GUILTY else 1)

    def together(runs: Sequence[int]) -> None:
        del runs
        clock.moment += timedelta(minutes=30)
        raise TimedOut("measure took too long")

    def act(run: int) -> Act:
        def measure(seat: Seat) -> object:
            measuring(run, "faces")(seat)
            waited[run] = seat.waited
            return None

        return measure

    ends(LoggedAnalyst(together, alone=alone), act(1), act(GUILTY), clock=clock)
    total = timedelta(minutes=30 + 10 + 1)
    own = {1: timedelta(minutes=1), GUILTY: timedelta(minutes=10)}
    # The one that was measured first alone did not wait for the other's turn.
    assert sum((total - own[run] - waited[run] for run in own), timedelta()) in (
        timedelta(minutes=1),
        timedelta(minutes=10),
    )


def test_when_the_work_of_all_ends_every_run_is_handed_back() -> None:
    """The worker is gone in the middle: nobody waits for an answer that never comes."""

    def together(runs: Sequence[int]) -> None:
        del runs
        raise KeyboardInterrupt

    handed: list[object] = []

    def act(run: int) -> Act:
        def measure(seat: Seat) -> object:
            try:
                return measuring(run, "faces")(seat)
            except HandedBack:
                handed.append(run)
                raise

        return measure

    with pytest.raises(KeyboardInterrupt):
        ends(LoggedAnalyst(together), act(1), act(2))
    assert sorted(map(str, handed)) == ["1", "2"]
