"""What we ask of the broker, each seen to be needed by not asking for it (hardening 43, 46, 47)."""

from collections.abc import Iterator
from typing import Any

import pika
import pytest

from adapters.dramatiq import broker, publishing
from adapters.dramatiq.broker import Address
from adapters.dramatiq.run_queue import DramatiqRunQueue
from adapters.dramatiq.wire import message_of
from application.ports.run_queue import RUNS
from tests.contracts.run_queue import some_runs
from tests.contracts.test_run_queue import taken
from tests.e2e.workers import wait_until
from tests.planted import without
from tests.servers.rabbitmq import PrivateRabbit
from tests.workers.rabbit import dead_letters, forget_queues

pytestmark = pytest.mark.requires("rabbitmq")

FEW = 20
QUORUM = '"x-queue-type": "quorum",\n            "x-delivery-limit": DELIVERIES_MAX,'
DEAD = (
    '"x-dead-letter-exchange": "",\n            "x-dead-letter-routing-key": xq_name(queue_name),'
)


@pytest.fixture
def rabbit(rabbit_server: str) -> Iterator[str]:
    forget_queues(rabbit_server)
    yield rabbit_server
    forget_queues(rabbit_server)


def queue_at(url: str, brokers: Any = broker, batches: Any = publishing) -> DramatiqRunQueue:
    """The queue of runs over a planted broker, or planted batches."""
    same = '"""Persistent messages for the actor `run.execute` (port `RunQueue`).'
    parts = {"QuorumBroker": brokers.QuorumBroker, "Batch": batches.Batch}
    queue: DramatiqRunQueue = without(
        "adapters.dramatiq.run_queue", same, same, **parts
    ).DramatiqRunQueue(Address(url))
    return queue


@pytest.mark.slow
def test_case_43_without_its_guards_what_was_confirmed_would_be_lost(
    restartable_rabbit: PrivateRabbit,
) -> None:
    """A quorum queue keeps every message on disk; another only what is marked to be kept.

    That both guards together keep it is `test_what_was_confirmed_outlives_a_crash_of_the_broker`.
    """
    url, runs = restartable_rabbit.url, some_runs(FEW)
    plain = without("adapters.dramatiq.broker", QUORUM, "")
    fleeting = without(
        "adapters.dramatiq.publishing",
        "pika.DeliveryMode.Persistent",
        "pika.DeliveryMode.Transient",
    )
    assert list(queue_at(url, plain, fleeting).publish(runs)) == runs
    restartable_rabbit.restart()
    assert taken(url) == []


def test_case_46_without_its_guard_poison_would_be_gone(rabbit: str) -> None:
    """What a worker says no to is a dead letter only because the queue names where those go."""
    refuse(rabbit, broker)
    wait_until(lambda: dead_letters(rabbit) == 1, "the dead letter", limit_s=30)
    forget_queues(rabbit)
    refuse(rabbit, without("adapters.dramatiq.broker", DEAD, ""))
    assert dead_letters(rabbit) == 0


def refuse(url: str, brokers: Any) -> None:
    """One message that a worker refuses, and its end."""
    queue_at(url, brokers).publish(some_runs(1))
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        wait_until(lambda: _refused(channel), "the message", limit_s=30)
        wait_until(lambda: _is_empty(channel), "its end", limit_s=30)


def _refused(channel: Any) -> bool:
    method, _, _ = channel.basic_get(RUNS)
    if method is not None:
        channel.basic_nack(method.delivery_tag, requeue=False)
    return method is not None


def _is_empty(channel: Any) -> bool:
    return bool(channel.queue_declare(RUNS, passive=True).method.message_count == 0)


def test_case_47_without_its_guard_what_no_queue_took_would_count_as_kept(rabbit: str) -> None:
    DramatiqRunQueue(Address(rabbit)).publish(some_runs(1))
    forget_queues(rabbit)
    bodies = [message_of(run_id).encode() for run_id in some_runs(3)]
    parameters = Address(rabbit).parameters()
    assert publishing.Batch(parameters, RUNS, bodies).publish() == frozenset()
    planted = without(
        "adapters.dramatiq.publishing", "self._refused.add(int(properties.message_id))"
    )
    assert planted.Batch(parameters, RUNS, bodies).publish() == {0, 1, 2}
