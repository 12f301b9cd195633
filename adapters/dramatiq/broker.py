"""RabbitMQ as Dramatiq speaks to it, with queues that survive a machine."""

from typing import Any

import pika
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from dramatiq.common import xq_name

from adapters.dramatiq.wire import DELIVERIES_MAX

HEARTBEAT_S = 30
BLOCKED_S = 30.0
SOCKET_S = 10.0


class QuorumBroker(RabbitmqBroker):
    """Declares quorum queues (docs/decisions/0040-runs-in-rabbitmq.md); no middleware of its own.

    Dead letters stay until somebody looks at them: Dramatiq's own would be gone after a week.
    """

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


def connection_parameters(url: str) -> Any:
    """Pika's parameters of an AMQP URL: every wait on the network has an end."""
    parameters = pika.URLParameters(url)
    parameters.heartbeat = HEARTBEAT_S
    parameters.blocked_connection_timeout = BLOCKED_S
    parameters.socket_timeout = SOCKET_S
    parameters.stack_timeout = SOCKET_S
    return parameters


def broker_at(url: str) -> QuorumBroker:
    """A broker that has not connected yet."""
    broker = QuorumBroker(url=url, confirm_delivery=True, middleware=[])
    broker.parameters = connection_parameters(url)
    return broker
