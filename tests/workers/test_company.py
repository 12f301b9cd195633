"""Several runs in one worker with its real child process: measured together, failing apart."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.memory.video_files import MadeVideo
from application.artifact_format import decode
from application.queries.read_ledger import ReadLedger
from application.use_cases.plan_batches import LEFT_FOR
from application.use_cases.start_run import Request
from domain.credits import Credits
from domain.identity import RunId
from domain.ledger import LOCAL_USER
from domain.run import Run, RunStatus
from domain.video import Metadata
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.e2e.workers import wait_until
from tests.features.app import a_choice
from tests.features.model_notes import Notes
from tests.workers.served import CRASHING, made, prepare, working

pytestmark = [pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]

NAMES = ("faces", "poses")


@dataclass(frozen=True, slots=True)
class Installation:
    data_dir: Path
    container: Container

    @property
    def notes(self) -> Notes:
        return Notes(self.data_dir)

    def start(self, *titles: str) -> list[RunId]:
        """Runs of short videos of different lengths, all waiting for longer than a worker idles."""
        started = [self._start(title, 5.0 + number) for number, title in enumerate(titles)]
        time.sleep(LEFT_FOR.total_seconds() + 0.1)
        return started

    def _start(self, title: str, duration_s: float) -> RunId:
        file = MadeVideo(duration_s=duration_s).write(self.data_dir / f"{duration_s}.mp4")
        run: Run = self.container.accept_video().upload(
            file,
            metadata=Metadata(title=title),
            profile=a_choice(*NAMES),
            request=Request(user_id=LOCAL_USER, key=str(uuid4()), is_anew=True),
        )
        return run.id

    def run(self, run_id: RunId) -> Run:
        with self.container.unit_of_work() as work:
            found: Run = work.runs.get(run_id)
            return found

    def wait_for(self, run_ids: Sequence[RunId]) -> None:
        def have_ended() -> bool:
            return all(self.run(run_id).is_terminal for run_id in run_ids)

        wait_until(have_ended, "every run to end")

    def codes(self, run_ids: Sequence[RunId]) -> list[str | None]:
        """How the faces of each run ended."""
        ends = [self.run(run_id).components["faces"] for run_id in run_ids]
        return [ended.failure.code if ended.failure else None for ended in ends]

    def result(self, run_id: RunId, name: str) -> float:
        with self.container.unit_of_work() as work:
            artifact = work.runs.artifacts(run_id)[name]
        return float(decode(self.container.store().read(artifact))[0]["value"])


@pytest.fixture
def at(tmp_path: Path) -> Installation:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    container = made(Settings.read({}, data_dir=data_dir))
    prepare(container)
    return Installation(data_dir, container)


def test_four_short_videos_ask_each_model_once(at: Installation) -> None:
    """R-502: two calls where runs times components are eight."""
    runs = at.start(*["A title"] * 4)
    with working(at.data_dir):
        at.wait_for(runs)
    assert [at.run(run_id).status for run_id in runs] == [RunStatus.OK] * 4
    assert at.notes.calls == ["face_finder 16", "poser 8"]
    # Twice what the second model says of the first one's sum: 3 x + 1 each.
    for run_id in runs:
        expected = 2 * (3 * at.result(run_id, "faces") + 1)
        assert at.result(run_id, "poses") == pytest.approx(expected, rel=1e-6)


def test_a_component_that_crashes_ends_its_own_run_alone(at: Installation) -> None:
    """R-502, hardening 45: the child dies of one video; the others are measured without it."""
    runs = at.start("A title", CRASHING, "A title")
    with working(at.data_dir):
        at.wait_for(runs)
    assert at.codes(runs) == [None, "component_crashed", None]
    assert at.notes.calls == ["face_finder 4", "face_finder 4", "poser 4"]


def test_a_worker_killed_in_the_middle_of_a_batch_loses_and_charges_nothing_twice(
    at: Installation,
) -> None:
    """R-501: each run comes back by itself, and takes no company then (hardening 48)."""
    ledger = ReadLedger(at.container.unit_of_work)
    before = ledger.balance(LOCAL_USER)
    at.notes.hold.touch()
    runs = at.start(*["A title"] * 3)
    with working(at.data_dir) as worker:
        wait_until(lambda: at.notes.calls, "the batch to be measured")
        worker.kill()
        worker.wait()
    assert at.notes.calls == ["face_finder 12"]
    assert {at.run(run_id).status for run_id in runs} == {RunStatus.RUNNING}
    at.notes.hold.unlink()
    with working(at.data_dir):
        at.wait_for(runs)
    assert [at.run(run_id).status for run_id in runs] == [RunStatus.OK] * 3
    assert at.notes.calls[1:] == ["face_finder 4", "poser 2"] * 3
    bills = [ledger.bill(LOCAL_USER, run_id) for run_id in runs]
    charged = [bill.charged.kopecks for bill in bills if bill is not None]
    assert len(charged) == len(runs)
    assert min(charged) > 0
    balance = ledger.balance(LOCAL_USER)
    assert balance.held == Credits(0)
    assert before.available.kopecks - balance.available.kopecks == sum(charged)
