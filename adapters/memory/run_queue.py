"""A queue of runs in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from application.errors import AdapterError
from domain.identity import RunId


@dataclass(slots=True)
class MemoryRunQueue:
    """Keeps what was published (port `RunQueue`), of each call at most `room` messages."""

    messages: list[RunId] = field(default_factory=list)
    room: int | None = None

    def publish(self, run_ids: Sequence[RunId]) -> Sequence[RunId]:
        kept = list(run_ids)[: self.room]
        if run_ids and not kept:
            raise AdapterError("no room", code="broker_unavailable", retryable=True)
        self.messages += kept
        return kept
