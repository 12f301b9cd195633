"""How much faster confirmed publishing is in windows than a message at a time.

Both make the same messages safe on the same broker's disk: persistent, to a quorum queue, each
confirmed. What differs is how many are on their way at once.
"""

import statistics
import time
from collections.abc import Sequence
from uuid import uuid4

import pika
import pytest

from adapters.dramatiq.broker import Address
from adapters.dramatiq.run_queue import DramatiqRunQueue
from adapters.dramatiq.wire import message_of
from application.ports.run_queue import RUNS
from domain.identity import RunId
from tests.workers.rabbit import forget_queues

pytestmark = [pytest.mark.bench, pytest.mark.requires("rabbitmq")]

MESSAGES = 500
ROUNDS = 5
RATIO_MIN = 3.0


def one_at_a_time(url: str, run_ids: Sequence[RunId]) -> None:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        kept = pika.BasicProperties(delivery_mode=2)
        for run_id in run_ids:
            channel.basic_publish("", RUNS, message_of(run_id).encode(), kept, mandatory=True)


def purge(url: str) -> int:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        return int(connection.channel().queue_purge(RUNS).method.message_count)


def test_confirmed_windows_are_three_times_as_fast_as_confirmed_messages(
    rabbit_server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """R-502. Rounds are taken in turn, so that a busy machine is busy for both."""
    forget_queues(rabbit_server)
    queue = DramatiqRunQueue(Address(rabbit_server))
    queue.publish([RunId(uuid4())])
    purge(rabbit_server)
    ratios, rates = [], []
    for _ in range(ROUNDS):
        runs = [RunId(uuid4()) for _ in range(MESSAGES)]
        began_s = time.perf_counter()
        one_at_a_time(rabbit_server, runs)
        single_s = time.perf_counter() - began_s
        assert purge(rabbit_server) == MESSAGES
        began_s = time.perf_counter()
        assert list(queue.publish(runs)) == runs
        windows_s = time.perf_counter() - began_s
        assert purge(rabbit_server) == MESSAGES
        ratios.append(single_s / windows_s)
        rates.append(MESSAGES / windows_s)
    forget_queues(rabbit_server)
    with capsys.disabled():
        print(
            f"\nrelay: {statistics.median(rates):.0f} confirmed messages a second, "
            f"{statistics.median(ratios):.1f} times one at a time ({min(ratios):.1f} to "
            f"{max(ratios):.1f})"
        )
    assert statistics.median(ratios) >= RATIO_MIN
