"""Processes as workers: who this one is, and whether another is surely gone."""

import os
import socket
from pathlib import Path

import psutil


class SystemWorkers:
    """Names a process `host:pid:start-time`, which no other process ever bears.

    The host part holds the boot and the process namespace beside the name, because only among
    processes that share both does a missing pid prove a death: containers may share a host name.
    """

    def __init__(self) -> None:
        self._place = _place()

    @property
    def me(self) -> str:
        """This process: after a fork the child has a name of its own."""
        return f"{self._place}:{os.getpid()}:{_start(os.getpid())}"

    def is_dead(self, owner: str) -> bool:
        """True only when the process of that name surely is gone from this host.

        False for a process elsewhere, and for what is no name of a process: nobody knows.
        """
        place, _, rest = owner.rpartition(":")[0].rpartition(":")
        start = owner.rpartition(":")[2]
        if place != self._place or not rest.isdecimal():
            return False
        return _is_gone(int(rest), start)


def _is_gone(pid: int, start: str) -> bool:
    try:
        process = psutil.Process(pid)
        return process.status() == psutil.STATUS_ZOMBIE or _start(pid) != start
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


def _start(pid: int) -> str:
    """When a process started, in a spelling that setting the clock does not change.

    Linux counts ticks from the boot (proc_pid_stat(5), field 22); elsewhere it is a time of day.
    """
    stat = Path(f"/proc/{pid}/stat")
    try:
        after_name = stat.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return f"{psutil.Process(pid).create_time():.2f}"
    return after_name[19]


def _place() -> str:
    boot = Path("/proc/sys/kernel/random/boot_id")
    space = Path("/proc/self/ns/pid")
    if not boot.exists():
        return socket.gethostname()
    # The first group of the boot's UUID is enough to tell two boots of one host apart.
    return f"{socket.gethostname()}.{boot.read_text()[:8]}.{space.readlink().name[5:-1]}"
