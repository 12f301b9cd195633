"""Stored frames as a list of when they were stored."""

from datetime import datetime

from application.ports.stored_frames import UnionFrames
from domain.identity import RunId, RunIdentity


class MemoryStoredFrames:
    """Remembers of which runs frames are kept, and since when (port `StoredFrames`)."""

    def __init__(self) -> None:
        self.kept: dict[RunId, datetime] = {}

    def keep(self, identity: RunIdentity, frames: UnionFrames, *, now: datetime) -> None:
        if frames.indices:
            self.kept.setdefault(identity.run_id, now)

    def expire(self, *, stored_before: datetime) -> int:
        old = [run_id for run_id, at in self.kept.items() if at < stored_before]
        for run_id in old:
            del self.kept[run_id]
        return len(old)
