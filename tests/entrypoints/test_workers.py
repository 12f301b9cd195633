"""How a process of ours waits, ends, and does what is due."""

import os
import signal
from collections.abc import Callable

import pytest

from application.errors import AdapterError, HandedBack
from entrypoints.workers.dispatcher import FAILED_PAUSE_S, POLL_S, Dispatcher
from entrypoints.workers.stopping import Stopping, heard
from entrypoints.workers.ticks import Tick, Ticks


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_run_is_handed_back_only_past_the_time_of_grace() -> None:
    """Hardening 50."""
    clock = Hands()
    stopping = Stopping(20.0, clock)
    assert not stopping.requested
    stopping.ask()
    assert stopping.is_asked
    clock.now_s += 19.9
    assert not stopping.requested
    clock.now_s += 0.1
    with pytest.raises(HandedBack):
        assert stopping.requested


def test_whoever_asks_twice_does_not_want_to_wait() -> None:
    stopping = Stopping(20.0, Hands())
    stopping.ask()
    stopping.ask()
    with pytest.raises(HandedBack):
        assert stopping.requested


@pytest.mark.parametrize(("number", "at_once"), [(signal.SIGTERM, False), (signal.SIGINT, True)])
def test_a_person_at_the_keyboard_waits_less_than_an_orchestrator(
    number: signal.Signals, *, at_once: bool
) -> None:
    stopping = Stopping(20.0, Hands())
    before = signal.getsignal(number)
    with heard(stopping):
        os.kill(os.getpid(), number)
        assert stopping.wait(5.0)
        if at_once:
            with pytest.raises(HandedBack):
                assert stopping.requested
        else:
            assert not stopping.requested
    assert signal.getsignal(number) is before


def failing(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


@pytest.mark.parametrize(
    "error", [AdapterError("away", code="database_unavailable"), ZeroDivisionError("a secret")]
)
def test_an_act_that_fails_stops_no_other_and_is_due_again(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    clock, did = Hands(), list[str]()
    ticks = Ticks(
        (Tick("bad", 10.0, failing(error)), Tick("good", 4.0, lambda: did.append("good"))), clock
    )
    ticks.do_due()
    ticks.do_due()
    assert did == ["good"]
    assert len(caplog.records) == 1
    assert "a secret" not in caplog.text
    assert ticks.left_s == pytest.approx(4.0)
    clock.now_s += 4.0
    ticks.do_due()
    clock.now_s += 6.0
    ticks.do_due()
    assert did == ["good"] * 3
    assert len(caplog.records) == 2


class Rests:
    """A wish to end that counts the rests and comes with the last of them."""

    def __init__(self, count: int) -> None:
        self.rests_s: list[float] = []
        self.count = count

    @property
    def is_asked(self) -> bool:
        return len(self.rests_s) >= self.count

    def wait(self, seconds: float) -> bool:
        self.rests_s.append(seconds)
        return self.is_asked


def test_a_worker_rests_only_when_nothing_waits_and_longer_after_a_failure() -> None:
    """Hardening 46: whatever one run does to it, the worker lives."""
    away = AdapterError("away", code="database_unavailable", retryable=True)
    answers: list[bool | Exception] = [True, True, False, away, ZeroDivisionError(), False]
    warmed = list[int]()

    def work() -> bool:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    stopping = Rests(4)
    ticks = Ticks((Tick("nothing", 1.0, lambda: None),))
    Dispatcher(work, lambda: warmed.append(1), ticks, stopping)()
    assert stopping.rests_s == [POLL_S, FAILED_PAUSE_S, FAILED_PAUSE_S, POLL_S]
    assert answers == []
    assert len(warmed) == 6
