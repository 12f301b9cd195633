"""What a killed process leaves behind is ended by one that outlives it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from adapters.ffmpeg.watchman import Watchman
from tests.outside import ROOT

LIMIT_S = 10.0
# A child that holds nothing of ours and hears nothing of our end.
ORPHAN = ["/bin/sh", "-c", "trap '' TERM HUP; sleep 300 & wait"]
PARENT = f"""
import subprocess, sys, time
from adapters.ffmpeg.watchman import WATCHMAN
quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
orphan = subprocess.Popen({ORPHAN!r}, start_new_session=True, **quiet)
other = subprocess.Popen({ORPHAN!r}, start_new_session=True, **quiet)
for group in (orphan.pid, other.pid):
    WATCHMAN.watch(group)
WATCHMAN.forget(other.pid)
print(orphan.pid, other.pid, WATCHMAN.pid, flush=True)
time.sleep(300)
"""


def soon(is_so: Callable[[], bool]) -> bool:
    deadline_s = time.monotonic() + LIMIT_S
    while not is_so() and time.monotonic() < deadline_s:
        time.sleep(0.01)
    return is_so()


def is_gone(pid: int) -> bool:
    """Whether it runs no more; whoever inherits orphans may be slow to bury them."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def an_orphan() -> subprocess.Popen[bytes]:
    return subprocess.Popen(ORPHAN, start_new_session=True, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_what_is_watched_dies_with_a_killed_process_and_nothing_else(
    number: signal.Signals,
) -> None:
    """Hardening 18: a worker that is killed leaves no decoder behind."""
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as parent:
        assert parent.stdout is not None
        orphan, other, watchman = map(int, parent.stdout.readline().split())
        try:
            assert not is_gone(orphan)
            parent.send_signal(number)
            assert soon(lambda: is_gone(orphan) and is_gone(watchman))
            assert not is_gone(other)
        finally:
            os.killpg(other, signal.SIGKILL)


def test_another_takes_the_place_of_a_watchman_who_was_killed() -> None:
    watchman, first, second = Watchman(), an_orphan(), an_orphan()
    watchman.watch(first.pid)
    before = watchman.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    assert soon(lambda: is_gone(before))
    watchman.watch(second.pid)
    assert watchman.pid != before
    watchman.dismiss()
    assert (first.wait(LIMIT_S), second.wait(LIMIT_S)) == (-signal.SIGKILL, -signal.SIGKILL)


def test_a_fork_lets_go_of_its_parents_watchman(tmp_path: Path) -> None:
    """Else what the parent leaves would live as long as the fork."""
    watchman, orphan = Watchman(), an_orphan()
    watchman.watch(orphan.pid)
    fork = os.fork()
    if fork == 0:
        watchman.forsake()
        (tmp_path / "forked").touch()
        time.sleep(2 * LIMIT_S)
        os._exit(0)
    try:
        assert soon((tmp_path / "forked").exists)
        watchman.dismiss()
        assert orphan.wait(LIMIT_S) == -signal.SIGKILL
    finally:
        os.kill(fork, signal.SIGKILL)
        os.waitpid(fork, 0)
