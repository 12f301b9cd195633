"""Every queue of runs against the one suite, and what only a broker can get wrong."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import pika
import pytest
from dramatiq import Message
from dramatiq.common import dq_name, xq_name

from adapters.dramatiq.broker import Address
from adapters.dramatiq.run_queue import DramatiqRunQueue
from adapters.memory.run_queue import MemoryRunQueue
from application.errors import AdapterError
from application.ports.run_queue import EXECUTE, RUNS, RunQueue
from domain.identity import RunId
from tests.contracts.run_queue import MANY, Received, RunQueueContract, some_runs
from tests.servers.rabbitmq import PrivateRabbit


def taken(url: str) -> list[RunId]:
    """All that waits in the queue of runs, as Dramatiq reads it."""
    found = []
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        while (answer := channel.basic_get(RUNS, auto_ack=True))[0] is not None:
            _, properties, body = answer
            message: Message[None] = Message.decode(body)
            assert (message.queue_name, message.actor_name) == (RUNS, EXECUTE)
            assert (message.kwargs, message.options) == ({}, {})
            assert properties.delivery_mode == 2
            found.append(RunId(UUID(*message.args)))
    return found


def forget_queues(url: str) -> None:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        for name in (RUNS, dq_name(RUNS), xq_name(RUNS)):
            connection.channel().queue_delete(name)


class TestMemoryRunQueue(RunQueueContract):
    @pytest.fixture
    def queue(self) -> MemoryRunQueue:
        return MemoryRunQueue()

    @pytest.fixture
    def received(self, queue: MemoryRunQueue) -> Received:
        def take() -> Sequence[RunId]:
            found, queue.messages = queue.messages, []
            return found

        return take

    def test_of_what_finds_no_room_nothing_is_said_to_be_kept(self) -> None:
        queue, runs = MemoryRunQueue(room=2), some_runs(3)
        assert list(queue.publish(runs)) == runs[:2]
        queue.room = 0
        with pytest.raises(AdapterError):
            queue.publish(runs)


@pytest.mark.requires("rabbitmq")
class TestDramatiqRunQueue(RunQueueContract):
    @pytest.fixture
    def queue(self, rabbit_server: str) -> Iterator[RunQueue]:
        forget_queues(rabbit_server)
        queue = DramatiqRunQueue(Address(rabbit_server))
        queue.publish(some_runs(1))
        taken(rabbit_server)
        yield queue
        forget_queues(rabbit_server)

    @pytest.fixture
    def received(self, queue: RunQueue, rabbit_server: str) -> Received:
        del queue
        return lambda: taken(rabbit_server)

    def test_what_no_queue_takes_is_not_said_to_be_kept(
        self, queue: RunQueue, received: Received, rabbit_server: str
    ) -> None:
        """Confirmed is not enough: a message without a queue is confirmed and dropped."""
        forget_queues(rabbit_server)
        with pytest.raises(AdapterError) as told:
            queue.publish(some_runs(2))
        assert (told.value.code, told.value.retryable) == ("broker_unavailable", True)
        runs = some_runs(2)
        assert list(queue.publish(runs)) == runs
        assert received() == runs


@pytest.mark.slow
@pytest.mark.requires("rabbitmq")
def test_what_was_confirmed_outlives_a_crash_of_the_broker(
    restartable_rabbit: PrivateRabbit,
) -> None:
    """Hardening 43 and 47: kept is kept; a broker that is away is told as such."""
    queue, runs = DramatiqRunQueue(Address(restartable_rabbit.url)), some_runs(MANY)
    assert list(queue.publish(runs)) == runs
    restartable_rabbit.kill()
    with pytest.raises(AdapterError) as told:
        queue.publish(some_runs(1))
    assert (told.value.code, told.value.retryable) == ("broker_unavailable", True)
    restartable_rabbit.start()
    later = some_runs(1)
    assert list(queue.publish(later)) == later
    assert taken(restartable_rabbit.url) == [*runs, *later]
