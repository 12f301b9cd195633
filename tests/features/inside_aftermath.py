"""Accidents and what is kept after them, in an installation in memory."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from adapters.memory.remote_videos import MemoryRemoteVideos
from adapters.memory.reports import MemoryReports
from application.errors import AdapterError
from application.ports.cancellation import Cancellation
from application.ports.reports import ReportPage
from domain.identity import RunId
from tests.features.app import App
from tests.features.app_work import WorkerDied
from tests.ledgers import a_take_hold, lines


class AwayOnce(AdapterError):
    """The place of the reports was away."""

    def __init__(self) -> None:
        super().__init__("away", code="storage_failed", retryable=False)


class AwayReports(MemoryReports):
    """Takes no report once; then all is well."""

    def __init__(self, app: App, reports: MemoryReports) -> None:
        super().__init__()
        self._app, self._reports = app, reports

    def write(self, page: ReportPage, *, language: str) -> str:
        del page, language
        self._app.reports = self._reports
        raise AwayOnce


class InsideAftermath:
    """Those members of the protocol `Driver`."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def remote(self) -> MemoryRemoteVideos:
        return self.app.remote

    def resume(self, run_id: RunId) -> None:
        try:
            self.app.carry_out(run_id)
        except WorkerDied:
            self._bury()
        except AwayOnce:
            # What the worker tells; the run has ended.
            return

    def _bury(self) -> None:
        self.app.workers.dead.add(self.app.workers.me)
        self.app.workers.me += "+"

    def work(self) -> Sequence[BaseException]:
        self.app.reclaim()
        try:
            while self._worked():
                pass
        except Exception as bug:  # noqa: BLE001 - what a worker's process would tell
            return [bug]
        return []

    def work_once(self) -> int:
        """Of the first that is ready."""
        self.app.reclaim()
        try:
            return int(self._worked())
        except WorkerDied:
            self._bury()
            return 1

    def _worked(self) -> bool:
        return self.app.work_on_next(language="en", cancellation=self.app.token)

    def work_while_asked_to_end(self, asked: Cancellation) -> None:
        assert self.app.work_on_next(language="en", cancellation=asked)

    def in_order_of_results(self) -> Sequence[RunId]:
        written = [Path(path).parts[2] for path in self.app.store.contents]
        return [RunId(UUID(run_id)) for run_id in dict.fromkeys(written)]

    def spend_elsewhere(self, run_id: RunId, *names: str) -> None:
        """All at once: memory knows no other run of theirs."""
        del names
        app = self.app
        with app.unit_of_work() as work:
            work.outbox.take(run_id)
            assert work.ledger.expire(app.clock.now()) == 1
            free = work.ledger.balance(app.user).available.kopecks
            work.ledger.hold(a_take_hold(app.user, lines(other=free), at=app.clock.now()))
            work.commit()

    def owner_looks(self) -> None:
        self.app.ticker.tick()

    def only_wishes_to_cancel(self, run_id: RunId) -> None:
        with self.app.unit_of_work() as work:
            work.runs.request_cancel(run_id, at=self.app.clock.now())
            work.commit()

    def another_worker_takes(self, run_id: RunId, *, from_the_dead: bool = False) -> None:
        now = self.app.clock.now()
        with self.app.unit_of_work() as work:
            work.leases.take(run_id, owner="worker-2", now=now, owner_is_dead=from_the_dead)
            work.commit()

    def waiting(self) -> int:
        with self.app.unit_of_work() as work:
            return len(list(work.outbox.waiting(limit=99)))

    def remove_video(self, run_id: RunId) -> None:
        self.app.workspaces.discard_upload(run_id)

    def damage_result(self, run_id: RunId, component: str) -> None:
        with self.app.unit_of_work() as work:
            artifact = work.runs.artifacts(run_id)[component]
        self.app.store.write(artifact.path, b"not what was written")

    def leave_on_disk(self, run_id: RunId) -> None:
        (self.app.workspaces.folder(run_id) / "left.yuv").write_bytes(b"left")

    def takes_no_report(self) -> None:
        self.app.reports = AwayReports(self.app, self.app.reports)

    def has_report(self, run_id: RunId, *, title: str = "") -> bool:
        if not self.app.reports.is_written(self.app.run(run_id).identity):
            return False
        return not title or self.app.reports.page(run_id).title == title

    def has_workspace(self, run_id: RunId) -> bool:
        return run_id in {left for left, _ in self.app.workspaces.leftovers()}

    def keeps_frames(self, run_id: RunId) -> bool:
        return run_id in self.app.frames.kept

    def sweep(self) -> None:
        self.app.sweep(language="ru")
