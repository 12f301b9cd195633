"""Publishing runs to RabbitMQ, many at a time, each confirmed."""

from collections.abc import Sequence

from dramatiq.errors import ConnectionClosed
from pika.exceptions import AMQPError

from adapters.dramatiq.broker import Address, QuorumBroker
from adapters.dramatiq.publishing import Batch
from adapters.dramatiq.wire import message_of
from application.errors import AdapterError
from application.ports.run_queue import RUNS
from domain.identity import RunId


class DramatiqRunQueue:
    """Persistent messages for the actor `run.execute` (port `RunQueue`).

    One connection a call: one that lay idle since the last could be dead and nobody would know.
    """

    def __init__(self, at: Address) -> None:
        self._broker = QuorumBroker(at)

    def publish(self, run_ids: Sequence[RunId]) -> Sequence[RunId]:
        if not run_ids:
            return []
        self._declare()
        bodies = [message_of(run_id).encode() for run_id in run_ids]
        confirmed = Batch(self._broker.parameters, RUNS, bodies).publish()
        if not confirmed:
            # Also where somebody has deleted the queue: the next call makes it anew.
            self._broker.queues_pending.add(RUNS)
            raise AdapterError("no message was kept", code="broker_unavailable", retryable=True)
        return [run_id for number, run_id in enumerate(run_ids) if number in confirmed]

    def _declare(self) -> None:
        try:
            self._broker.declare_queue(RUNS, ensure=True)
        except (ConnectionClosed, AMQPError, OSError) as error:
            message = f"the broker failed: {type(error).__name__}"
            raise AdapterError(message, code="broker_unavailable", retryable=True) from error
        finally:
            del self._broker.connection
