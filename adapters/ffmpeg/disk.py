"""Telling a full disk from any other end of a child that writes into our files."""

import errno
import os
import signal
from collections.abc import Iterable
from typing import IO

from adapters.ffmpeg.child import Ended
from adapters.ffmpeg.guards import Guards
from application.errors import ResourceExhausted

_KILLED = {-signal.SIGKILL, 128 + signal.SIGKILL}
_TOO_LONG = {-signal.SIGXFSZ, 128 + signal.SIGXFSZ}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_SPARE_BYTES = 64 * 1024


def refuse_when_exhausted(ended: Ended, written: Iterable[IO[bytes]], *, guards: Guards) -> None:
    """Raises `ResourceExhausted` when a child failed because the disk or the memory is full.

    What the child's log says about it is not believed: the disk is asked.
    """
    if ended.exit_code in _KILLED:
        raise ResourceExhausted("the decoder was stopped from outside: the memory is full")
    if ended.exit_code in _TOO_LONG:
        raise ResourceExhausted("more would be written than is allowed")
    if ended.exit_code == 0:
        return
    for opened in written:
        size_bytes = os.fstat(opened.fileno()).st_size
        if size_bytes >= guards.written_bytes_max:
            raise ResourceExhausted("more would be written than is allowed")
        _refuse_when_full(opened.fileno(), size_bytes)


def _refuse_when_full(file: int, size_bytes: int) -> None:
    try:
        os.posix_fallocate(file, size_bytes, _SPARE_BYTES)
        os.ftruncate(file, size_bytes)
    except OSError as error:
        if error.errno in _FULL:
            raise ResourceExhausted("the disk is full") from None
        raise
