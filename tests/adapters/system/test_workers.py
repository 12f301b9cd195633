"""A worker is dead only when its process surely is gone from this host."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from adapters.system.clock import SystemClock
from adapters.system.workers import SystemWorkers
from tests.outside import ROOT

TELL = """
import sys
from adapters.system.workers import SystemWorkers
print(SystemWorkers().me, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def workers() -> SystemWorkers:
    return SystemWorkers()


def other(how: signal.Signals | None) -> tuple[str, bool, bool, bool]:
    """A worker's name, and whether it is dead while it lives, just killed, and reaped."""
    process = subprocess.Popen(
        [sys.executable, "-c", TELL],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    name = process.stdout.readline().strip()
    workers = SystemWorkers()
    while_living = workers.is_dead(name)
    if how is None:
        process.stdin.close()
    else:
        process.send_signal(how)
    process.stdout.read()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    just_killed = workers.is_dead(name)
    process.stdin.close()
    process.stdout.close()
    process.wait()
    return name, while_living, just_killed, workers.is_dead(name)


@pytest.mark.parametrize("how", [None, signal.SIGKILL])
def test_a_worker_is_dead_once_its_process_has_ended(how: signal.Signals | None) -> None:
    """Also before its parent has looked after it: a zombie does no more work."""
    _, while_living, just_killed, reaped = other(how)
    assert (while_living, just_killed, reaped) == (False, True, True)


def test_this_worker_lives_and_keeps_its_name(workers: SystemWorkers) -> None:
    assert workers.me == SystemWorkers().me
    assert not workers.is_dead(workers.me)
    assert workers.me.count(":") == 2
    assert f":{os.getpid()}:" in workers.me


def test_two_workers_never_share_a_name(workers: SystemWorkers) -> None:
    assert len({workers.me, other(None)[0], other(None)[0]}) == 3


def test_a_process_that_got_a_dead_ones_number_is_another(workers: SystemWorkers) -> None:
    place, number, start = workers.me.rsplit(":", 2)
    assert workers.is_dead(f"{place}:{number}:{int(start) - 1}")


@pytest.mark.parametrize(
    "name", ["", "elsewhere:1:1", "elsewhere.00000000.1:999999:1", "no name", "::", "a:b:c"]
)
def test_of_strangers_nothing_is_known(workers: SystemWorkers, name: str) -> None:
    assert not workers.is_dead(name)


def test_a_name_that_only_looks_like_ours_is_a_strangers(workers: SystemWorkers) -> None:
    place = workers.me.rsplit(":", 2)[0]
    assert not workers.is_dead(f"{place}:x:1")


def test_the_clock_tells_utc_and_knows_it() -> None:
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)
