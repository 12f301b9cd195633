"""How a process of ours is asked to end, and what a run under way hears of it (hardening 50)."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from application.errors import HandedBack

GRACE_S = 20.0
"""A run that ends within this after SIGTERM is let end; orchestrators usually kill after 30 s."""


@dataclass(slots=True)
class Stopping:
    """A wish to end, as a cancellation that hands a run back once the time of grace is over."""

    grace_s: float = GRACE_S
    monotonic: Callable[[], float] = time.monotonic
    _wish: threading.Event = field(default_factory=threading.Event)
    _deadline_s: float = 0.0

    @property
    def is_asked(self) -> bool:
        return self._wish.is_set()

    @property
    def requested(self) -> bool:
        """Never a cancel: the run is wanted. Raises HandedBack past the time of grace."""
        if self._wish.is_set() and self.monotonic() >= self._deadline_s:
            raise HandedBack
        return False

    def ask(self, *, grace_s: float | None = None) -> None:
        """Asks to end; again: at once."""
        given_s = self.grace_s if grace_s is None else grace_s
        self._deadline_s = self.monotonic() + (0.0 if self._wish.is_set() else given_s)
        self._wish.set()

    def wait(self, seconds: float) -> bool:
        """Waits, but not longer than until somebody asks; True when somebody has."""
        return self._wish.wait(seconds)


@contextmanager
def heard(stopping: Stopping) -> Iterator[None]:
    """SIGTERM asks to end within the time of grace, SIGINT (a person waits) at once."""

    def hear(number: int, frame: FrameType | None) -> None:
        del frame
        stopping.ask(grace_s=0.0 if number == signal.SIGINT else None)

    before = {n: signal.signal(n, hear) for n in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ask_when_alone(stopping: Stopping, *, descriptor: int) -> None:
    """Asks to end when whoever holds the other end of a pipe has gone, however it went."""

    def listen() -> None:
        while os.read(descriptor, 1024):
            pass
        stopping.ask()

    threading.Thread(target=listen, daemon=True, name="alone").start()
