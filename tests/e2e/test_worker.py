"""Workers of the embedded queue on a real clip: whatever ends them, the run comes to its end."""

import time
from pathlib import Path

import pytest

from domain.ledger import LOCAL_USER
from domain.run import RunStatus, Stage
from tests.e2e.kills import leftovers
from tests.e2e.workers import Installation, wait_until, working

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]


@pytest.fixture
def at(data_dir: Path) -> Installation:
    return Installation(data_dir)


def test_a_worker_takes_what_waits_and_ends_when_it_is_asked_to(
    at: Installation, clip: Path, small_profile: Path
) -> None:
    """Hardening 50: what is under way at SIGTERM ends within the time of grace."""
    run_id = at.start(clip, small_profile)
    with working(at, "--grace", "120") as worker:
        wait_until(lambda: at.run(run_id).status is RunStatus.RUNNING, "a worker to take it")
        assert worker.end() == 0
    run = at.ended(run_id)
    assert run.status is RunStatus.OK
    assert leftovers(at.data_dir) == []


def test_a_worker_that_must_end_hands_its_run_back_and_the_next_goes_on(
    at: Installation, clip: Path, small_profile: Path
) -> None:
    """Hardening 50: no partial artifact, nothing measured twice, and no try is counted."""
    run_id = at.start(clip, small_profile)
    with working(at, "--grace", "0") as worker:
        wait_until(lambda: at.measured(run_id) >= 1, "a component to be measured")
        assert worker.end() == 0
    run, began = at.run(run_id), at.run(run_id).components
    assert run.status is RunStatus.RUNNING
    assert at.tries(run_id) == 0
    with at.container.unit_of_work() as work:
        assert list(work.outbox.waiting(limit=9)) == [run_id]
    with working(at) as worker:
        run = at.ended(run_id)
        assert worker.end() == 0
    assert run.status is RunStatus.OK
    assert {name: run.components[name] for name in began} == began
    assert leftovers(at.data_dir) == []


def test_a_killed_workers_run_is_taken_over_at_once(
    at: Installation, clip: Path, small_profile: Path
) -> None:
    """R-501: a restarted installation goes on where it was, before the dead one's lease is over."""
    run_id = at.start(clip, small_profile)
    with working(at) as worker:
        wait_until(lambda: at.run(run_id).stage is Stage.ANALYSE, "the run to be measured")
        worker.kill()
    began = at.run(run_id).components
    with working(at) as worker:
        wait_until(lambda: at.tries(run_id) == 2, "the next worker", limit_s=25)
        run = at.ended(run_id)
        assert worker.end() == 0
    assert run.status is RunStatus.OK
    assert {name: run.components[name] for name in began} == began


def test_a_run_at_work_hears_a_cancel_within_seconds(
    at: Installation, clip: Path, every_algorithm: Path
) -> None:
    """R-510: asked for in another process, heard within one component.

    Of many: a run of few may be over before anybody can ask.
    """
    run_id = at.start(clip, every_algorithm)
    with working(at) as worker:
        wait_until(lambda: at.run(run_id).stage is Stage.ANALYSE, "the run to be measured")
        at.container.cancel_run()(LOCAL_USER, run_id)
        began_s = time.monotonic()
        wait_until(lambda: at.run(run_id).is_terminal, "the run to end", limit_s=10)
        heard_s = time.monotonic() - began_s
        assert at.ended(run_id).status is RunStatus.CANCELLED
        assert worker.end() == 0
    assert heard_s < 5.0
    assert leftovers(at.data_dir) == []


def test_two_workers_share_what_waits(at: Installation, clip: Path, small_profile: Path) -> None:
    """Hardening 44: each run is carried out by one of them."""
    runs = [at.start(clip, small_profile) for _ in range(2)]
    with working(at) as one, working(at) as other:
        ended = [at.ended(run_id) for run_id in runs]
        assert (one.end(), other.end()) == (0, 0)
    assert [run.status for run in ended] == [RunStatus.OK] * 2
    assert [at.tries(run_id) for run_id in runs] == [1, 1]
