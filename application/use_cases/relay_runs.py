"""Relaying runs: what was gathered on the outbox is published together (R-502)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from application.ports.clock import Clock
from application.ports.run_queue import RunQueue
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying

BATCH_MAX = 1000
UNCLAIMED_FOR = timedelta(minutes=30)
"""A message that nobody has taken for this long may be lost; a second one is recognised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayRuns:
    """Publishes what waits, and writes down what the broker has said to keep.

    A row leaves the outbox only when a worker takes its run: whatever becomes of a message, of its
    confirmation or of us, the run is published again and no run is lost (hardening 33, 47).
    """

    unit_of_work: Callable[[], UnitOfWork]
    queue: RunQueue
    clock: Clock
    retrying: Retrying

    def __call__(self) -> int:
        """How many were published; `BATCH_MAX` where more may wait."""
        now = self.clock.now()
        with self.unit_of_work() as work:
            waiting = work.outbox.unpublished(now=now, before=now - UNCLAIMED_FOR, limit=BATCH_MAX)
        if not waiting:
            return 0
        kept = set(self.queue.publish([place.run_id for place in waiting]))
        numbers = [place.number for place in waiting if place.run_id in kept]

        def mark() -> None:
            with self.unit_of_work() as work:
                work.outbox.mark_published(numbers, at=now)
                work.commit()

        self.retrying(mark)
        return len(numbers)
