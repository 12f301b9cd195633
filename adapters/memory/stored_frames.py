"""Stored frames as a list of when they were stored."""

from datetime import datetime

from application.ports.clock import Clock
from domain.identity import RunId, RunIdentity


class MemoryStoredFrames:
    """Remembers of which runs frames are kept, and since when (port `StoredFrames`)."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.kept: dict[RunId, datetime] = {}

    def keep(self, identity: RunIdentity) -> None:
        self.kept[identity.run_id] = self._clock.now()

    def expire(self, *, stored_before: datetime) -> int:
        old = [run_id for run_id, at in self.kept.items() if at < stored_before]
        for run_id in old:
            del self.kept[run_id]
        return len(old)
