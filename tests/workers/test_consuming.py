"""A reader of a queue gives back its connection, also where the broker has shut the door on it."""

from collections.abc import Iterator
from typing import Any

import pytest
from dramatiq.errors import ConnectionClosed

from adapters.dramatiq.broker import Address, QuorumBroker
from application.ports.run_queue import RUNS
from tests.workers.rabbit import forget_queues

pytestmark = pytest.mark.requires("rabbitmq")

QUICKLY_MS = 200


@pytest.fixture
def broker(rabbit_server: str) -> Iterator[QuorumBroker]:
    forget_queues(rabbit_server)
    broker = QuorumBroker(Address(rabbit_server))
    yield broker
    broker.close()
    forget_queues(rabbit_server)


def test_a_channel_that_the_broker_closes_costs_no_connection(broker: QuorumBroker) -> None:
    """Whoever confirms what was never given is shown out of the channel, not of the connection."""
    consumer: Any = broker.consume(RUNS, timeout=QUICKLY_MS)
    assert next(consumer) is None
    consumer.channel.basic_ack(delivery_tag=99)
    with pytest.raises(ConnectionClosed):
        next(consumer)
    assert consumer.connection.is_open
    with pytest.raises(ConnectionClosed):
        consumer.close()
    assert consumer.connection.is_closed
