"""The relay marks only what the broker keeps, and publishes again what may be lost (R-502)."""

from datetime import timedelta
from pathlib import Path

import pytest

from adapters.memory.run_queue import MemoryRunQueue
from adapters.memory.video_files import MadeVideo
from application.errors import AdapterError
from application.retrying import Retrying
from application.use_cases.relay_runs import UNCLAIMED_FOR, RelayRuns
from domain.identity import RunId
from tests.features.app import App


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path)


@pytest.fixture
def queue() -> MemoryRunQueue:
    return MemoryRunQueue()


@pytest.fixture
def relay(app: App, queue: MemoryRunQueue) -> RelayRuns:
    return RelayRuns(
        unit_of_work=app.unit_of_work,
        queue=queue,
        clock=app.clock,
        retrying=Retrying(app.pauses),
    )


def started(app: App, count: int) -> list[RunId]:
    file = app.video(MadeVideo(duration_s=6))
    return [app.submit(file, "title").id for _ in range(count)]


def test_what_was_gathered_goes_out_together_and_once(
    app: App, queue: MemoryRunQueue, relay: RelayRuns
) -> None:
    assert relay() == 0
    runs = started(app, 3)
    assert relay() == 3
    assert relay() == 0
    assert queue.messages == runs
    with app.unit_of_work() as work:
        assert list(work.outbox.waiting(limit=9)) == runs


def test_what_the_broker_did_not_keep_goes_out_again(
    app: App, queue: MemoryRunQueue, relay: RelayRuns
) -> None:
    """Hardening 33 and 47."""
    runs = started(app, 3)
    queue.room = 2
    assert relay() == 2
    queue.room = None
    assert relay() == 1
    assert queue.messages == runs


def test_a_broker_that_is_away_costs_nothing(
    app: App, queue: MemoryRunQueue, relay: RelayRuns
) -> None:
    runs = started(app, 2)
    queue.room = 0
    with pytest.raises(AdapterError):
        relay()
    queue.room = None
    assert relay() == 2
    assert queue.messages == runs


def test_a_message_that_nobody_took_goes_out_again_after_long(
    app: App, queue: MemoryRunQueue, relay: RelayRuns
) -> None:
    taken, lost = started(app, 2)
    relay()
    app.carry_out(taken)
    app.pass_time(UNCLAIMED_FOR)
    assert relay() == 0
    app.pass_time(timedelta(microseconds=1))
    assert relay() == 1
    assert queue.messages == [taken, lost, lost]
