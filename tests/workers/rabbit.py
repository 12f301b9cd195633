"""A worker behind a real broker, with work that only counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import pika
from dramatiq import Worker
from dramatiq.common import dq_name, xq_name

from adapters.dramatiq.broker import Address, QuorumBroker
from application.ports.run_queue import RUNS
from application.use_cases.work_on_run import Worked
from domain.identity import RunId
from entrypoints.workers.runs import WorkOn, declare


class Counted:
    """Counts what was worked on, by any worker of a test."""

    def __init__(self) -> None:
        self.runs: list[RunId] = []
        self._lock = Lock()

    def __call__(self, run_id: RunId) -> Worked:
        with self._lock:
            self.runs.append(run_id)
        return Worked.ENDED


@contextmanager
def consuming(url: str, work_on: WorkOn) -> Iterator[Worker]:
    broker = QuorumBroker(Address(url))
    declare(broker, work_on, is_ending=lambda _: False)
    worker = Worker(broker, queues={RUNS}, worker_threads=1, worker_timeout=100)
    worker.queue_prefetch = worker.delay_prefetch = 1
    worker.start()
    try:
        yield worker
    finally:
        worker.stop(timeout=30_000)
        broker.close()


def dead_letters(url: str) -> int:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        declared = connection.channel().queue_declare(xq_name(RUNS), passive=True)
        return int(declared.method.message_count)


def send(url: str, *bodies: bytes) -> None:
    """Messages that no version of ours has written."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        for body in bodies:
            channel.basic_publish("", RUNS, body, mandatory=True)


def forget_queues(url: str) -> None:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        for name in (RUNS, dq_name(RUNS), xq_name(RUNS)):
            connection.channel().queue_delete(name)
