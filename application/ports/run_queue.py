"""A broker's queue of runs, from which workers on any machine take."""

from collections.abc import Sequence
from typing import Protocol

from domain.identity import RunId

RUNS = "runs"
EXECUTE = "run.execute"
"""Names on the wire, of the queue and of what is asked for: every version must understand them."""


class RunQueue(Protocol):
    """Where the relay publishes runs.

    Contract (tests/contracts/run_queue.py): a message holds a run's id and nothing else, and stands
    behind those of earlier calls; `publish` returns the ids whose messages the broker has said to
    keep, also over its own restart. Of the others nobody knows: they are published again, so a
    message may come twice. AdapterError `broker_unavailable` (retryable) when no message was kept.
    """

    def publish(self, run_ids: Sequence[RunId]) -> Sequence[RunId]: ...
