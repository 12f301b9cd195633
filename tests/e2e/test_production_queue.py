"""Production under blows: real servers that go away, workers that are killed, messages doubled."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pika
import pytest
from dramatiq.common import xq_name

from adapters.dramatiq.wire import message_of
from application.ports.run_queue import RUNS
from application.use_cases.work_on_run import GAVE_UP
from domain.identity import RunId
from domain.ledger import LOCAL_USER
from domain.run import Run, RunStatus, Stage
from domain.tries import TRIES_MAX
from tests.e2e.clips import make_clip
from tests.e2e.conftest import write_profile
from tests.e2e.production import Books, Production, frozen, production, soon
from tests.e2e.workers import Worker, wait_until
from tests.workers.rabbit import dead_letters, send

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.requires("ffmpeg", "ffprobe", "postgres", "rabbitmq", "s3"),
]

KILLS = 20
WAITING_MIN = 3
"""As many runs are kept waiting or at work while workers are killed."""
LATEST = 6
"""First in, first out: of so many of the newest runs some wait, some are at work."""
STAGES_MIN = 3
"""Points of which kills must have found some: a kill comes a little late, and may find the next."""
LATER_S = 0.6
"""A kill comes up to so long after the worker was seen where it was waited for."""
POINTS: tuple[tuple[str, Callable[[Run], bool]], ...] = (
    ("taken up", lambda _: True),
    ("decoding", lambda run: run.stage is Stage.SEGMENT),
    ("measuring", lambda run: run.stage is Stage.ANALYSE),
    ("measured", lambda run: len(run.components) > 0),
    ("tidying", lambda run: run.is_terminal),
)
AWAY_S = 30.0


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    folder = tmp_path_factory.mktemp("production")
    clip = make_clip(folder / "clip.mp4")
    profile = write_profile(folder / "tiny.toml", "loudness", "composition")
    with production(folder, clip=clip, profile=profile) as made:
        yield made


@pytest.fixture
def books(here: Production) -> Books:
    """How things stood before the test: nothing is under way, and two workers are there."""
    here.hire()
    here.settle_down()
    return Books.opened(here)


@pytest.mark.timeout(1500)
def test_workers_killed_at_twenty_random_points_lose_nothing_and_charge_once(
    here: Production, books: Books
) -> None:
    """R-501, R-604, hardening 44, 47: a kill -9 wherever a run stands, while others go on."""
    seed = random.SystemRandom().randrange(1000)
    chance, found, runs = random.Random(seed), Counter[str](), list[RunId]()
    for number in range(KILLS):
        here.hire()
        _, is_there = POINTS[number % len(POINTS)]
        wait_until(partial(_killed, here, runs, is_there, chance, found), "somebody to kill")
    here.hire()
    told = f"seed {seed}, killed in {dict(found)}, {len(runs)} runs"
    books.check(runs, told)
    assert found.total() == KILLS, told
    assert len(found) >= STAGES_MIN, told


def _killed(
    here: Production,
    runs: list[RunId],
    is_there: Callable[[Run], bool],
    chance: random.Random,
    found: Counter[str],
) -> bool:
    """Kills the worker of a run that has come to a point, and a little later."""
    # A run that has just ended may be at work still: its worker tidies up.
    going = here.unended(runs[-LATEST:])
    runs += here.start(max(0, WAITING_MIN - len(going)))
    for run_id in runs[-LATEST:]:
        worker = here.worker_of(run_id)
        if worker is not None and is_there(here.at.run(run_id)):
            time.sleep(chance.uniform(0, LATER_S))
            return _struck(here, runs, worker, found)
    return False


def _struck(here: Production, runs: Sequence[RunId], worker: Worker, found: Counter[str]) -> bool:
    """Kills a worker, unless it is at a run's last try: its death would give that run up."""
    with frozen(worker):
        its = [run_id for run_id in runs[-LATEST:] if here.worker_of(run_id) is worker]
        if not its or here.at.tries(its[0]) >= TRIES_MAX:
            return False
        run = here.at.run(its[0])
        found[[name for name, was in POINTS if was(run)][-1]] += 1
        worker.kill()
    return True


def test_a_database_that_restarts_under_workers_loses_nothing(
    here: Production, books: Books
) -> None:
    """Hardening 45: shut down, then crashed, each time while a worker has a run at work."""
    runs = here.start(6)
    for end in (here.database.stop, here.database.kill):
        soon(lambda: here.at_work(runs), "a worker at work")
        time.sleep(0.5)
        end()
        time.sleep(3)
        here.database.start()
    books.check(runs)


def test_a_broker_that_restarts_with_work_in_flight_loses_nothing(
    here: Production, books: Books
) -> None:
    """Hardening 43: shut down, then killed, with a run in each worker and others behind them."""
    runs = here.start(6)
    for end in (here.broker.stop, here.broker.kill):
        soon(lambda: here.at_work(runs), "a worker at work")
        end()
        here.broker.start()
    books.check(runs)


def test_a_storage_that_is_away_for_half_a_minute_costs_only_time(
    here: Production, books: Books
) -> None:
    """Hardening 76: workers with runs at work write nowhere, try again, and go on."""
    runs = here.start(3)
    soon(lambda: here.at_work(runs), "a worker at work")
    here.storage.stop()
    time.sleep(AWAY_S)
    assert not any(here.at.run(run_id).is_terminal for run_id in runs)
    here.storage.start()
    books.check(runs)


def test_messages_that_come_twice_to_both_workers_are_worked_on_once(
    here: Production, books: Books
) -> None:
    """Hardening 44: delivered in parallel; one worker has the lease, the other lets it be."""
    runs = here.start(4)
    doubled = [message_of(run_id).encode() for run_id in runs for _ in range(2)]
    send(here.broker.url, *doubled)
    books.check(runs)
    assert [here.at.tries(run_id) for run_id in runs] == [1] * len(runs)


def test_a_run_that_ends_three_workers_is_given_up_and_costs_nothing(
    here: Production, books: Books, tmp_path: Path
) -> None:
    """Hardening 48: told to its user, its credits back, its message among the dead letters."""
    run_id = here.at.start(make_clip(tmp_path / "long.mp4", seconds=160), here.profile)
    for tries in range(1, TRIES_MAX + 1):
        here.hire()
        wait_until(partial(here.at.was_tried, run_id, tries), f"try {tries}")
        worker = here.worker_of(run_id)
        assert worker is not None
        worker.kill()
    here.hire()
    (run,) = here.ended([run_id])
    url = here.broker.url
    wait_until(lambda: dead_letters(url) == books.dead + 1, "the dead letter", limit_s=30)
    assert run.status is RunStatus.ERROR
    assert run.failure is not None
    assert run.failure.code == GAVE_UP
    after = here.at.container.read_ledger().balance(LOCAL_USER)
    assert after.held.kopecks == books.held_kopecks
    assert after.available.kopecks == books.available_kopecks
    _forget_dead_letters(url)


def _forget_dead_letters(url: str) -> None:
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        connection.channel().queue_purge(xq_name(RUNS))
