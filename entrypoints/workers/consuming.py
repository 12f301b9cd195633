"""A worker behind a broker: one message at a time, until it is asked to end."""

from threading import Lock

from dramatiq import Broker, Worker

from application.ports.run_queue import RUNS
from application.use_cases.work_on_run import Worked
from domain.identity import RunId
from entrypoints.container import Container
from entrypoints.language import Language
from entrypoints.workers.runs import declare
from entrypoints.workers.stopping import Stopping
from entrypoints.workers.ticks import Tick, Ticks

SWEEP_S = 60.0
WAKE_MS = 500
STOP_S = 120.0
"""Longest wait for a run that was asked to hand itself back; then the process ends without it."""


def consume(container: Container, language: Language, stopping: Stopping) -> None:
    """Works on runs from the broker, and keeps its own disk tidy while none is at work.

    Everything else that is due is done by `trendflow maintain`.
    """
    broker: Broker = container.broker()
    work_on_run, analyst = container.work_in_company(), container.analyst()
    sweep = container.sweep()
    # One child process measures for whoever works here.
    at_work = Lock()

    def work_on(run_id: RunId) -> Worked:
        with at_work:
            worked: Worked = work_on_run(run_id, language=language, cancellation=stopping)
            analyst.start()
            return worked

    def tidy() -> None:
        if at_work.acquire(blocking=False):
            try:
                sweep(language=language)
            finally:
                at_work.release()

    declare(broker, work_on, is_ending=stopping.wait)
    analyst.start()
    worker = Worker(broker, queues={RUNS}, worker_threads=1, worker_timeout=WAKE_MS)
    # A run that waits here behind another could be at work elsewhere.
    worker.queue_prefetch = worker.delay_prefetch = 1
    worker.start()
    ticks = Ticks((Tick("sweep", SWEEP_S, tidy),))
    while not stopping.is_asked:
        ticks.do_due()
        stopping.wait(ticks.left_s)
    worker.stop(timeout=round(1000 * (stopping.grace_s + STOP_S)))
    broker.close()
