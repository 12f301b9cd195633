"""The queue as in production: PostgreSQL, RabbitMQ, relay, workers and maintenance as processes."""

import random
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from application.use_cases.work_on_run import GAVE_UP
from domain.ledger import LOCAL_USER, OperationKind
from domain.run import RunStatus
from domain.tries import TRIES_MAX
from tests.e2e.conftest import write_profile
from tests.e2e.kills import leftovers
from tests.e2e.workers import Installation, wait_until, working
from tests.workers.rabbit import dead_letters, forget_queues

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.requires("ffmpeg", "ffprobe", "postgres", "rabbitmq"),
]

RUNS = 3
KILLS = 2
"""One less than a run is tried: the third death of a worker gives its run up, and rightly so."""


@pytest.fixture
def at(data_dir: Path, postgres_url: str, rabbit_server: str) -> Iterator[Installation]:
    forget_queues(rabbit_server)
    environment = {
        "TRENDFLOW_DATABASE_URL": postgres_url,
        "TRENDFLOW_BROKER_URL": rabbit_server,
        "TRENDFLOW_GATHERING_S": "0.5",
    }
    installation = Installation(data_dir, environment)
    yield installation
    installation.container.engine().dispose()
    forget_queues(rabbit_server)


def test_workers_that_are_killed_lose_no_run_and_charge_none_twice(
    at: Installation, clip: Path, tmp_path: Path, rabbit_server: str
) -> None:
    """R-501, hardening 43, 44, 47: from the start through the broker to the end, and the bill."""
    profile = write_profile(tmp_path / "tiny.toml", "title_style", "loudness", "motion")
    seed = random.SystemRandom().randrange(1000)
    chance = random.Random(seed)
    runs = [at.start(clip, profile) for _ in range(RUNS)]
    with working(at, name="relay") as relay, working(at, name="maintain") as maintain:
        for _ in range(KILLS):
            with working(at) as worker:
                wait_until(
                    lambda: any(at.run(r).status is RunStatus.RUNNING for r in runs), "a run"
                )
                time.sleep(chance.uniform(0, 3))
                worker.kill()
        with working(at) as one, working(at) as other:
            ended = [at.ended(run_id) for run_id in runs]
            assert (one.end(), other.end()) == (0, 0)
        assert (relay.end(), maintain.end()) == (0, 0)
    assert [run.status for run in ended] == [RunStatus.OK] * RUNS, f"seed {seed}"
    for run_id in runs:
        entries = at.container.read_ledger().entries(LOCAL_USER, run_id)
        settled = {entry.operation_id for entry in entries if entry.kind is OperationKind.SETTLE}
        assert len(settled) == 1, f"seed {seed}"
    with at.container.unit_of_work() as work:
        assert list(work.outbox.waiting(limit=9)) == []
    assert dead_letters(rabbit_server) == 0
    assert leftovers(at.data_dir) == []


def test_a_run_that_ends_three_workers_is_given_up_and_costs_nothing(
    at: Installation, clip: Path, tmp_path: Path, rabbit_server: str
) -> None:
    """Hardening 48: told to its user, its credits back, its message among the dead letters."""
    run_id = at.start(clip, write_profile(tmp_path / "tiny.toml", "title_style", "motion"))
    before = at.container.read_ledger().balance(LOCAL_USER)
    with working(at, name="relay"), working(at, name="maintain"):
        for tries in range(1, TRIES_MAX + 1):
            with working(at) as worker:
                wait_until(partial(at.was_tried, run_id, tries), f"try {tries}")
                worker.kill()
        with working(at) as worker:
            run = at.ended(run_id)
            wait_until(lambda: dead_letters(rabbit_server) == 1, "the dead letter", limit_s=30)
            assert worker.end() == 0
    assert run.status is RunStatus.ERROR
    assert run.failure is not None
    assert run.failure.code == GAVE_UP
    after = at.container.read_ledger().balance(LOCAL_USER)
    assert after.held.kopecks == 0
    assert after.available == before.available + before.held
