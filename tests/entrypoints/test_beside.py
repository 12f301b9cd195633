"""A chore that waits for strangers holds nobody up, and is never done twice at once."""

import threading

from entrypoints.workers.beside import Beside
from entrypoints.workers.ticks import Tick


def test_it_goes_on_beside_the_caller_and_not_twice_at_once() -> None:
    begun, go_on = threading.Semaphore(0), threading.Event()

    def act() -> None:
        begun.release()
        go_on.wait(10)

    beside = Beside(Tick("tell", 1.0, act))
    beside()
    assert begun.acquire(timeout=10)
    beside()
    assert not begun.acquire(timeout=0.1)
    go_on.set()
    beside.wait(10)
    beside()
    assert begun.acquire(timeout=10)
    beside.wait(10)


def test_a_failure_is_told_and_it_is_done_again() -> None:
    done: list[int] = []

    def act() -> None:
        done.append(1)
        raise ValueError

    beside = Beside(Tick("tell", 1.0, act))
    for _ in range(2):
        beside()
        beside.wait(10)
    assert done == [1, 1]
