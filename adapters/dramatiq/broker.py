"""RabbitMQ as Dramatiq speaks to it, with queues that survive a machine."""

import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pika
from dramatiq.brokers.rabbitmq import RabbitmqBroker, _RabbitmqConsumer
from dramatiq.common import xq_name
from pika.exceptions import AMQPError

from adapters.dramatiq.wire import DELIVERIES_MAX

HEARTBEAT_S = 30
BLOCKED_S = 30.0
SOCKET_S = 10.0


@dataclass(frozen=True, slots=True)
class Address:
    """Where a broker is, whom to trust there, and what to show (R-904)."""

    url: str = field(repr=False)
    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def parameters(self) -> Any:
        """Pika's parameters: every wait on the network has an end."""
        parameters = pika.URLParameters(self.url)
        parameters.heartbeat = HEARTBEAT_S
        parameters.blocked_connection_timeout = BLOCKED_S
        parameters.socket_timeout = SOCKET_S
        parameters.stack_timeout = SOCKET_S
        if parameters.ssl_options is not None:
            parameters.ssl_options = pika.SSLOptions(self._context(), parameters.host)
        return parameters

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.authority)
        if self.certificate is not None:
            context.load_cert_chain(self.certificate, self.key)
        return context


class Consumer(_RabbitmqConsumer):
    """Gives its connection back also where the broker has closed its channel.

    Dramatiq's own leaves that connection open, a socket lost with every queue deleted under it.
    """

    def close(self) -> None:
        """Ends the connection, whatever state it is in; `ConnectionClosed` where it had ended."""
        try:
            super().close()  # type: ignore[no-untyped-call]  # untyped there
        finally:
            if self.connection.is_open:
                with suppress(AMQPError, OSError):
                    self.connection.close()


class QuorumBroker(RabbitmqBroker):
    """Declares quorum queues (docs/decisions/0040-runs-in-rabbitmq.md); no middleware of its own.

    Dead letters stay until somebody looks at them: Dramatiq's own would be gone after a week.
    """

    def __init__(self, at: Address) -> None:
        self._at = at
        super().__init__(url=at.url, confirm_delivery=True, middleware=[])

    @property
    def consumer_class(self) -> type[Consumer]:
        """What reads a queue."""
        return Consumer

    @property
    def parameters(self) -> Any:
        """Made for each connection: certificates may have been renewed since the last (R-904)."""
        return self._at.parameters()

    @parameters.setter
    def parameters(self, given: Any) -> None:
        """Dramatiq's own would know no certificates."""

    def _build_queue_arguments(self, queue_name: str) -> dict[str, Any]:
        return {
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERIES_MAX,
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": xq_name(queue_name),
        }

    def _declare_xq_queue(self, queue_name: str) -> Any:
        arguments = {"x-queue-type": "quorum"}
        name = xq_name(queue_name)
        return self.channel.queue_declare(queue=name, durable=True, arguments=arguments)
