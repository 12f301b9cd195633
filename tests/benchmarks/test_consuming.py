"""How fast messages are taken from the broker: Dramatiq's worker beside a bare consumer of pika.

Both take one message at a time (prefetch 1) from the same quorum queue and acknowledge each.
"""

import json
import statistics
import time
from uuid import uuid4

import pika
import pytest

from adapters.dramatiq.broker import Address
from adapters.dramatiq.run_queue import DramatiqRunQueue
from application.ports.run_queue import RUNS
from domain.identity import RunId
from tests.e2e.workers import wait_until
from tests.workers.rabbit import Counted, consuming, forget_queues

pytestmark = [pytest.mark.bench, pytest.mark.requires("rabbitmq")]

MESSAGES = 1000
ROUNDS = 3


def bare(url: str) -> None:
    """Takes all messages; what is done with each is to read it."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.basic_qos(prefetch_count=1)
        taken = channel.consume(RUNS)
        for _ in range(MESSAGES):
            method, _, body = next(taken)
            assert json.loads(body)["queue_name"] == RUNS
            channel.basic_ack(method.delivery_tag)


def dramatiqs(url: str) -> None:
    """Takes all messages with a worker of ours whose actor only counts."""
    work = Counted()
    with consuming(url, work):
        wait_until(lambda: len(work.runs) == MESSAGES, "the last message")


def test_what_dramatiq_takes_beside_a_bare_consumer(rabbit_server: str) -> None:
    forget_queues(rabbit_server)
    queue, ratios, rates = DramatiqRunQueue(Address(rabbit_server)), [], []
    for _ in range(ROUNDS):
        spent = []
        for take in (bare, dramatiqs):
            queue.publish([RunId(uuid4()) for _ in range(MESSAGES)])
            began_s = time.perf_counter()
            take(rabbit_server)
            spent.append(time.perf_counter() - began_s)
        ratios.append(spent[0] / spent[1])
        rates.append(MESSAGES / spent[1])
    forget_queues(rabbit_server)
    rate, ratio = statistics.median(rates), statistics.median(ratios)
    print(f"\nconsuming: {rate:.0f} messages a second, {ratio:.2f} of a bare consumer")
    assert ratio > 0
