"""A confined child process: its output as it comes, its complaints counted, its end certain."""

import fcntl
import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from adapters.ffmpeg.complaints import Complaints
from adapters.ffmpeg.confinement import ENVIRONMENT, Confinement, Errand, first_inside
from adapters.ffmpeg.watchman import WATCHMAN
from application.errors import TimedOut

_PIPE_BYTES = 1024**2
_CHUNK_BYTES = 64 * 1024
_INFO_BYTES_MAX = 4096
_DEATH_WITHIN_S = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a child ended, and what it and its own children used."""

    exit_code: int
    cpu_s: float


class Child:
    """A running child with one pipe out. Made by `started`; dead when that context ends."""

    def __init__(
        self, process: subprocess.Popen[bytes], errand: Errand, *, info_fd: int, deadline_s: float
    ) -> None:
        self._process = process
        self._info_fd = info_fd
        self._deadline_s = deadline_s
        self.errand = errand
        self.complaints = Complaints()
        self.ended: Ended | None = None
        self._out = _end_of(process.stdout)
        self._log = _end_of(process.stderr)
        self._poll = select.poll()
        for end in (self._out, self._log):
            self._poll.register(end, select.POLLIN)
        self._open = {self._out, self._log}

    @property
    def pid(self) -> int:
        """The child's process id, which is its group's and session's too."""
        return self._process.pid

    def fill(self, view: memoryview) -> int:
        """Reads output until `view` is full or the output ends; the bytes read.

        Raises `TimedOut` past the deadline.
        """
        filled = 0
        while filled < len(view) and self._out in self._open:
            if self._out in self._ready():
                got = os.readv(self._out, [view[filled:]])
                filled += got
                if got == 0:
                    self._close(self._out)
        return filled

    def chunks(self) -> Iterator[bytes]:
        """The output in pieces as they come."""
        buffer = memoryview(bytearray(_CHUNK_BYTES))
        while got := self.fill(buffer):
            yield bytes(buffer[:got])

    def finish(self) -> Ended:
        """Waits for the end, counting the last complaints; `TimedOut` past the deadline."""
        while self._open:
            for end in self._ready():
                if end == self._out and not os.read(end, _CHUNK_BYTES):
                    self._close(end)
        if self.ended is None and not self._wait(max(0.0, self._left_s())):
            raise self._too_late()
        if self.ended is None:
            raise AssertionError("waited for, yet not ended")
        return self.ended

    def end(self) -> None:
        """Ends the child and everything it started, and reaps it; nothing when it has ended."""
        for end in tuple(self._open):
            self._close(end)
        if self.ended is None:
            self._kill()
        if self._info_fd >= 0:
            os.close(self._info_fd)
            self._info_fd = -1
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _ready(self) -> list[int]:
        """Ends with something to read; the log is read here, so that it never blocks the child."""
        left_s = self._left_s()
        if left_s <= 0:
            raise self._too_late()
        ready = [end for end, _ in self._poll.poll(left_s * 1000)]
        if self._log in ready:
            chunk = os.read(self._log, _CHUNK_BYTES)
            self.complaints.feed(chunk or b"\n")
            if not chunk:
                self._close(self._log)
        return ready

    def _left_s(self) -> float:
        return self._deadline_s - time.monotonic()

    def _too_late(self) -> TimedOut:
        return TimedOut(f"{self.errand.program.name} did not end in time")

    def _close(self, end: int) -> None:
        self._poll.unregister(end)
        self._open.discard(end)

    def _kill(self) -> None:
        # The process behind the sandbox's walls first: its death ends its whole namespace, and
        # the sandbox then reaps it. Killed the other way round it would be left to init.
        inside = self._inside()
        if inside is not None:
            with suppress(ProcessLookupError):
                os.kill(inside, signal.SIGKILL)
            if self._wait(_DEATH_WITHIN_S):
                return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._wait(None)

    def _inside(self) -> int | None:
        if self._info_fd < 0:
            return None
        ready, _, _ = select.select([self._info_fd], [], [], 0.0)
        pid = first_inside(os.read(self._info_fd, _INFO_BYTES_MAX)) if ready else None
        return pid if pid is not None and _parent_of(pid) == self._process.pid else None

    def _wait(self, timeout_s: float | None) -> bool:
        process = os.pidfd_open(self._process.pid)
        try:
            ready, _, _ = select.select([process], [], [], timeout_s)
        finally:
            os.close(process)
        if not ready:
            return False
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self.ended = Ended(
            exit_code=self._process.returncode,
            cpu_s=usage.ru_utime + usage.ru_stime,
        )
        return True


@contextmanager
def started(errand: Errand, confinement: Confinement) -> Iterator[Child]:
    """Starts a confined child; ends it, whatever happens, on leaving.

    The sandbox dies with the thread that started it, so that thread must live as long as the
    context.
    """
    WATCHMAN.hire()
    info_in, info_out = os.pipe() if confinement.bwrap else (-1, -1)
    try:
        process = _process(errand, confinement, info_out)
    except BaseException:
        _close_all(info_in)
        raise
    finally:
        _close_all(info_out)
    deadline_s = time.monotonic() + errand.timeout_s
    child = Child(process, errand, info_fd=info_in, deadline_s=deadline_s)
    try:
        WATCHMAN.watch(child.pid)
        yield child
    finally:
        child.end()
        WATCHMAN.forget(child.pid)


def _process(errand: Errand, confinement: Confinement, info_fd: int) -> subprocess.Popen[bytes]:
    """`info_fd`, where the sandbox tells about itself, is negative without one."""
    has_info = info_fd >= 0
    return subprocess.Popen(
        confinement.command(errand, info_fd=info_fd if has_info else None),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        env=ENVIRONMENT,
        cwd="/",
        start_new_session=True,
        pass_fds=(*errand.writes, info_fd) if has_info else errand.writes,
    )


def _end_of(stream: IO[bytes] | None) -> int:
    if stream is None:
        raise AssertionError("a pipe was asked for")
    with suppress(OSError):  # the system may allow less: then the reads are smaller
        fcntl.fcntl(stream, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
    return stream.fileno()


def _parent_of(pid: int) -> int | None:
    try:
        status = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return None
    return int(status.rpartition(b")")[2].split()[1])


def _close_all(*ends: int) -> None:
    for end in ends:
        if end >= 0:
            os.close(end)
