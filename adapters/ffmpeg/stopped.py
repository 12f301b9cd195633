"""Telling apart what stopped a child that reads media: our own limits, or the world around us."""

import errno
import os
import signal
from collections.abc import Iterable
from typing import IO

from adapters.ffmpeg.child import Child, Ended
from adapters.ffmpeg.confinement import Errand
from application.errors import ResourceExhausted, TimedOut
from domain.errors import UnsupportedInput

_KILLED = {-signal.SIGKILL, 128 + signal.SIGKILL}
_TOO_LONG = {-signal.SIGXFSZ, 128 + signal.SIGXFSZ}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_SPARE_BYTES = 64 * 1024


def finished(child: Child, written: Iterable[IO[bytes]] = ()) -> Ended:
    """Waits for a child's end, and refuses what it says about its file or about this machine."""
    ended = child.finish()
    refuse_when_stopped(ended, child.errand, written)
    return ended


def refuse_when_stopped(ended: Ended, errand: Errand, written: Iterable[IO[bytes]] = ()) -> None:
    """Raises what stopped a child, where something other than its input's end did.

    Beyond our own limits the file is at fault, and another try would end alike: `UnsupportedInput`
    for what it unpacks to, `TimedOut` for the processor time it takes. A kill from outside, where
    the memory ran out, and a full disk are `ResourceExhausted`: later the same file may pass. What
    the child's log says about it is not believed: the disk is asked.
    """
    if ended.exit_code in _KILLED:
        # The kernel ends a program at the limit of its processor time with the same signal.
        if ended.cpu_s >= errand.cpu_limit_s:
            raise TimedOut(f"{errand.program.name} took more than {errand.cpu_limit_s} s of work")
        raise ResourceExhausted("the decoder was stopped from outside: the memory is full")
    if ended.exit_code in _TOO_LONG:
        raise _too_large()
    for opened in written if ended.exit_code != 0 else ():
        size_bytes = os.fstat(opened.fileno()).st_size
        if size_bytes >= errand.guards.written_bytes_max:
            raise _too_large()
        _refuse_when_full(opened.fileno(), size_bytes)


def _too_large() -> UnsupportedInput:
    return UnsupportedInput("it unpacks to more than any video does", detail="unpacks_too_large")


def _refuse_when_full(file: int, size_bytes: int) -> None:
    try:
        os.posix_fallocate(file, size_bytes, _SPARE_BYTES)
        os.ftruncate(file, size_bytes)
    except OSError as error:
        if error.errno in _FULL:
            raise ResourceExhausted("the disk is full") from None
        raise
