"""Wakes those who follow something when it has changed, whichever process changed it."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable, Collection, Hashable, Mapping
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

from application.errors import AdapterError

Key = TypeVar("Key", bound=Hashable)

BUSY_SHARE = 0.2
"""At most this share of the time goes into asking, however long an answer takes."""

_log = logging.getLogger(__name__)


class Watch(Generic[Key]):
    """Asks for the state of all followed keys at once, again and again while anybody follows any.

    It asks for all followers of a process together, takes no more than its share of the time, and
    needs nothing of those who write (docs/decisions/0060-live-events.md). A follower is woken once
    for whatever has happened since it last looked, so one that is slow costs no memory.
    """

    def __init__(
        self, states: Callable[[Collection[Key]], Mapping[Key, object]], *, pause_s: float
    ) -> None:
        self._states = states
        self._pause_s = pause_s
        self._bells: dict[Key, set[asyncio.Event]] = {}
        self._seen: dict[Key, object] = {}
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def following(self, key: Key) -> AsyncIterator[asyncio.Event]:
        """An event that is set when the state of `key` differs from the last time it was looked at.

        It may be set without cause: whoever waits reads for themselves what there is.
        """
        bell = asyncio.Event()
        self._bells.setdefault(key, set()).add(bell)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._watch())
        try:
            yield bell
        finally:
            self._bells[key].discard(bell)
            if not self._bells[key]:
                del self._bells[key]
                self._seen.pop(key, None)

    async def _watch(self) -> None:
        """Ends by itself when nobody follows anything."""
        while self._bells:
            began_s = time.monotonic()
            try:
                self._ring(await run_in_threadpool(self._states, tuple(self._bells)))
            except AdapterError as error:
                # Followers look for themselves from time to time; here we only try again.
                _log.warning("watch.unavailable code=%s", error.code)
                await asyncio.sleep(1)
            spent_s = time.monotonic() - began_s
            await asyncio.sleep(max(self._pause_s, spent_s * (1 - BUSY_SHARE) / BUSY_SHARE))

    def _ring(self, states: Mapping[Key, object]) -> None:
        for key, state in states.items():
            if key in self._bells and self._seen.get(key) != state:
                self._seen[key] = state
                for bell in self._bells[key]:
                    bell.set()
