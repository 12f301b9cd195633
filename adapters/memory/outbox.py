"""The outbox in memory."""

from collections.abc import Sequence

from adapters.memory.database import Kept
from domain.identity import RunId


class MemoryOutbox:
    """Runs in the order of their arrival (port `Outbox`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, run_id: RunId) -> None:
        self._kept.outbox.setdefault(run_id)

    def waiting(self, *, limit: int) -> Sequence[RunId]:
        return list(self._kept.outbox)[:limit]

    def take(self, run_id: RunId) -> None:
        self._kept.outbox.pop(run_id, None)
