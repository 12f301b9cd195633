"""What runs look like on the wire: names that every version must go on to understand."""

from dramatiq import Message

from application.ports.run_queue import EXECUTE, RUNS
from domain.identity import RunId

DELIVERIES_MAX = 20
"""A message that was given back so often without an answer goes to the dead letters."""


def message_of(run_id: RunId) -> Message[None]:
    """A run's id as a string, and nothing else (R-501): no personal data crosses the queue."""
    return Message(queue_name=RUNS, actor_name=EXECUTE, args=(str(run_id),), kwargs={}, options={})
