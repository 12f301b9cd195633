"""What a worker answers in the corners: the run has ended, or somebody else has it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from adapters.memory.reports import MemoryReports
from adapters.memory.shelf import MemoryShelf
from adapters.memory.stored_frames import MemoryStoredFrames
from adapters.memory.video_files import MadeVideo
from application.errors import AdapterError
from application.pictures import Pictures
from application.ports.reports import ReportPage
from application.ports.stored_frames import UnionFrames
from application.use_cases.work_on_run import Worked
from domain.errors import LeaseLost
from domain.identity import RunId, RunIdentity
from domain.lease import LEASE_TTL
from domain.run import Failure, RunStatus
from domain.tries import TRIES_MAX
from tests.features.app import App
from tests.features.app_work import WorkerDied


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path)


def started(app: App) -> RunId:
    return app.submit(app.video(MadeVideo(duration_s=6)), "picture").id


def worked(app: App, run_id: RunId) -> Worked:
    work_on = app.work_on_next.work_on
    return work_on(run_id, language="en", cancellation=app.token)


def waiting(app: App) -> list[RunId]:
    with app.unit_of_work() as work:
        return list(work.outbox.waiting(limit=9))


class Away(MemoryReports):
    """Reports whose disk is away."""

    def write(self, page: ReportPage, *, language: str) -> str:
        del page, language
        raise AdapterError("away", code="storage_unavailable", retryable=True)


def test_a_run_that_ended_without_its_report_is_not_carried_out_again(app: App) -> None:
    """The report is the next sweep's; the run is paid for and done."""
    run_id, there = started(app), app.reports
    app.reports = Away()
    assert worked(app, run_id) is Worked.ENDED
    assert app.run(run_id).status is RunStatus.OK
    assert waiting(app) == []
    app.reports = there
    assert worked(app, run_id) is Worked.NOT_OURS


class Looking(MemoryReports):
    """Reports that look how far the run is told to be when its page is written."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.seen: list[RunStatus] = []
        self._app = app

    def write(self, page: ReportPage, *, language: str) -> str:
        self.seen.append(self._app.database.snapshot().runs[page.identity.run_id].status)
        assert page.run["status"] == "ok"
        return super().write(page, language=language)


def test_whoever_hears_of_the_end_finds_the_report(app: App) -> None:
    """R-504: the last event is told once the page is there, and the page is of the end."""
    run_id, reports = started(app), Looking(app)
    app.reports = reports
    assert worked(app, run_id) is Worked.ENDED
    assert reports.seen == [RunStatus.RUNNING]
    assert app.run(run_id).status is RunStatus.OK


def test_a_report_of_an_end_that_was_not_kept_is_written_anew(app: App) -> None:
    """A worker died between the page and the end: the page must not tell of what never was."""
    run_id, reports = started(app), Looking(app)
    app.reports = reports
    app.stop_after = "picture"
    with pytest.raises(WorkerDied):
        app.carry_out(run_id)
    identity = app.run(run_id).identity
    page = ReportPage(identity=identity, title="Of no end", run={}, cards=(), key_frames=())
    MemoryReports.write(reports, page, language="en")
    app.workers.dead.add(app.workers.me)
    app.workers.me += "+"
    app.carry_out(run_id)
    assert reports.page(run_id).title == "A title"


class TakenOver(MemoryShelf):
    """Pictures that take so long that another worker takes the run up."""

    def __init__(self, app: App, run_id: RunId) -> None:
        super().__init__(app.clock)
        self._app, self._run_id = app, run_id

    def names(self, folder: str) -> Sequence[str]:
        self._app.pass_time(LEASE_TTL)
        with self._app.unit_of_work() as work:
            work.leases.take(self._run_id, owner="elsewhere", now=self._app.clock.now())
            work.commit()
        return super().names(folder)


def test_a_late_worker_writes_no_report_of_a_run_that_was_taken_over(app: App) -> None:
    """Hardening 45: it would tell of an end that is not the run's."""
    run_id = started(app)
    app.pictures = Pictures(TakenOver(app, run_id))
    with pytest.raises(LeaseLost):
        app.carry_out(run_id)
    assert not app.reports.is_written(app.run(run_id).identity)


class FullDisk(MemoryStoredFrames):
    """A place for frames where none can be kept."""

    def keep(self, identity: RunIdentity, frames: UnionFrames, *, now: datetime) -> None:
        del identity, frames, now
        raise AdapterError("away", code="storage_unavailable", retryable=True)


def test_frames_that_a_dying_worker_did_not_keep_are_kept_by_the_sweep(app: App) -> None:
    """R-703: the report was written, and its frames were next."""
    run_id, there = started(app), app.frames
    app.frames = FullDisk()
    worked(app, run_id)
    assert app.reports.is_written(app.run(run_id).identity)
    app.pass_time(timedelta(hours=2))
    app.frames = there
    app.sweep(language="en")
    assert run_id in there.kept
    assert list(app.workspaces.leftovers()) == []


def test_a_run_that_nobody_knows_waits_no_more(app: App) -> None:
    """It was erased while its message was on the way."""
    run_id, unknown = started(app), RunId(uuid4())
    with app.unit_of_work() as work:
        work.outbox.add(unknown)
        work.commit()
    assert worked(app, unknown) is Worked.NOT_OURS
    assert waiting(app) == [run_id]


def test_a_run_of_too_many_tries_is_left_to_whoever_has_it(app: App) -> None:
    """Hardening 44 and 48: the last of its tries may still come to an end."""
    run_id = started(app)
    for _ in range(TRIES_MAX):
        with app.unit_of_work() as work:
            work.leases.take(run_id, owner="elsewhere", now=app.clock.now())
            work.commit()
        app.pass_time(LEASE_TTL)
    app.clock.moment -= LEASE_TTL / 2
    assert worked(app, run_id) is Worked.NOT_OURS
    assert app.run(run_id).status is RunStatus.QUEUED
    app.pass_time(LEASE_TTL)
    assert worked(app, run_id) is Worked.GIVEN_UP
    assert app.run(run_id).status is RunStatus.ERROR


def test_what_has_ended_is_not_ended_again(app: App) -> None:
    run_id = started(app)
    app.carry_out(run_id)
    assert app.end.failed(run_id, Failure("gave_up", "late")).status is RunStatus.OK
    assert app.end.cancelled(run_id).status is RunStatus.OK
