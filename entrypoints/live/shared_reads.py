"""The same question asked by many at once is asked once."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

Answer = TypeVar("Answer")


class SharedReads(Generic[Answer]):
    """Reads beside the event loop; who asks while the same read is under way waits for it.

    An answer is as old as the read: whoever asks because of news asks after the news was committed,
    and joins a read only if that has not begun, so it never misses what it was woken for.
    """

    def __init__(self) -> None:
        self._waiting: dict[Hashable, asyncio.Future[Answer]] = {}

    async def __call__(self, key: Hashable, read: Callable[[], Answer]) -> Answer:
        """The answer of `read`, or of the read that another asked for under the same key."""
        waiting = self._waiting.get(key)
        if waiting is None:
            waiting = asyncio.ensure_future(self._read(key, read))
            self._waiting[key] = waiting
        # Whoever hangs up leaves the read to the others.
        return await asyncio.shield(waiting)

    async def _read(self, key: Hashable, read: Callable[[], Answer]) -> Answer:
        # All who were woken together have their turn first, and find this read not yet begun.
        await asyncio.sleep(0)
        del self._waiting[key]
        return await run_in_threadpool(read)
