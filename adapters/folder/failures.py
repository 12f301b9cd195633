"""What the local disk says when it fails, in our words."""

import contextlib
import errno
from collections.abc import Iterator

from application.errors import AdapterError, ResourceExhausted

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PASSING = {
    *(errno.EAGAIN, errno.EBUSY, errno.EINTR, errno.EIO, errno.EREMOTEIO, errno.ESTALE),
    *(errno.ETIMEDOUT, errno.ECONNRESET, errno.ECONNREFUSED, errno.ENOTCONN),
    *(errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETRESET, errno.ENETUNREACH),
}
"""What a folder that another machine keeps says while that machine or the way to it is away."""


@contextlib.contextmanager
def told_apart(place: str) -> Iterator[None]:
    """Gives the failures of `place` our words: no room apart from everything else."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise ResourceExhausted(f"the disk of {place} is full") from error
        name = errno.errorcode.get(error.errno or 0, "unknown")
        raise AdapterError(
            f"{place} failed ({name})",
            code="storage_failed",
            retryable=error.errno in _PASSING,
        ) from error
