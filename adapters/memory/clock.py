"""Clocks that stand still until told to move, or move by an equal step each time."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


@dataclass(slots=True)
class FixedClock:
    """Always the same moment, until `advance`."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        """Moves the clock on."""
        self.moment += by


@dataclass(slots=True)
class TickingClock:
    """A later moment each time it is asked; safe to ask from several threads."""

    moment: datetime = START
    step: timedelta = timedelta(milliseconds=1)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> datetime:
        with self._lock:
            self.moment += self.step
            return self.moment
