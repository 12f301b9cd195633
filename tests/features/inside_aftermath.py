"""Accidents and what is kept after them, in an installation in memory."""

from adapters.memory.remote_videos import MemoryRemoteVideos
from adapters.memory.reports import MemoryReports
from application.ports.reports import ReportPage
from domain.identity import RunId
from tests.features.app import App, WorkerDied


class DyingReports(MemoryReports):
    """Kills the worker before the report is written, once."""

    def __init__(self, app: App, reports: MemoryReports) -> None:
        super().__init__()
        self._app, self._reports = app, reports

    def write(self, page: ReportPage, *, language: str) -> str:
        del page, language
        self._app.reports = self._reports
        raise WorkerDied


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
            self.app.workers.dead.add(self.app.workers.me)
            self.app.workers.me += "+"

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

    def dies_before_report(self) -> None:
        self.app.reports = DyingReports(self.app, self.app.reports)

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
