"""The outbox in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory.database import Kept, Place
from application.ports.outbox import Waiting
from domain.identity import RunId


class MemoryOutbox:
    """Runs in the order of their arrival (port `Outbox`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, run_id: RunId, *, ready_at: datetime | None = None) -> None:
        if run_id not in self._kept.outbox:
            self._kept.comings += 1
            self._kept.outbox[run_id] = Place(self._kept.comings, ready_at)

    def waiting(self, *, limit: int) -> Sequence[RunId]:
        return list(self._kept.outbox)[:limit]

    def ready(self, *, now: datetime, limit: int) -> Sequence[RunId]:
        found = [run_id for run_id, row in self._kept.outbox.items() if _is_ready(row, now)]
        return found[:limit]

    def unpublished(self, *, now: datetime, before: datetime, limit: int) -> Sequence[Waiting]:
        found = [
            Waiting(row.number, run_id)
            for run_id, row in self._kept.outbox.items()
            if _is_ready(row, now) and (row.published_at is None or row.published_at < before)
        ]
        return found[:limit]

    def published(self, *, now: datetime, before: datetime, limit: int) -> Sequence[RunId]:
        found = [
            run_id
            for run_id, row in self._kept.outbox.items()
            if _is_ready(row, now) and row.published_at is not None and row.published_at < before
        ]
        return found[:limit]

    def mark_published(self, numbers: Sequence[int], *, at: datetime) -> None:
        for run_id, row in self._kept.outbox.items():
            if row.number in numbers:
                self._kept.outbox[run_id] = replace(row, published_at=at)

    def take(self, run_id: RunId) -> None:
        self._kept.outbox.pop(run_id, None)


def _is_ready(row: Place, now: datetime) -> bool:
    return row.ready_at is None or row.ready_at <= now
