"""Accidents and what is kept after them, in an installation on real servers."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from dependency_injector import providers

from adapters.memory.remote_videos import MemoryRemoteVideos
from application.errors import AdapterError
from application.ports.cancellation import Cancellation
from application.ports.reports import ReportPage, Reports
from application.use_cases.work_on_run import Worked
from domain.identity import RunId, RunIdentity
from tests.features import answers, documents
from tests.features.installation import Installation


class AwayReports:
    """Takes no report once; then all is well (port `Reports`)."""

    def __init__(self, reports: Reports) -> None:
        self._reports, self._was_away = reports, False

    def write(self, page: ReportPage, *, language: str) -> str:
        if not self._was_away:
            self._was_away = True
            raise AdapterError("away", code="storage_failed", retryable=False)
        return self._reports.write(page, language=language)

    def read(self, identity: RunIdentity) -> bytes | None:
        return self._reports.read(identity)

    def location(self, identity: RunIdentity) -> str:
        return self._reports.location(identity)

    def is_written(self, identity: RunIdentity) -> bool:
        return self._reports.is_written(identity)


class OutsideAftermath:
    """Those members of the protocol `Driver`."""

    def __init__(self, at: Installation) -> None:
        self.at = at

    @abstractmethod
    def asks(self, query: str, **variables: Any) -> Any: ...

    @property
    def remote(self) -> MemoryRemoteVideos:
        return self.at.remote

    def resume(self, run_id: RunId) -> None:
        """By the queue, where it hands the run out; else by name, as `trendflow resume` does."""
        came = self.at.work_once()
        if came and came[-1] is not Worked.NOT_OURS:
            return
        container = self.at.container
        container.execute_run()(
            run_id,
            language="en",
            on_progress=self.at.watched,
            cancellation=self.at.cancellation,
        )

    def work(self) -> Sequence[BaseException]:
        came = self.at.work_until_nothing_waits()
        return [bug for bug in came if isinstance(bug, BaseException)]

    def work_once(self) -> int:
        return len(self.at.work_once())

    def work_while_asked_to_end(self, asked: Cancellation) -> None:
        before, self.at.cancellation = self.at.cancellation, asked
        self.at.publish()
        assert self.at.answered(1) == [Worked.PUT_BACK]
        self.at.cancellation = before

    def in_order_of_results(self) -> Sequence[RunId]:
        return list(dict.fromkeys(self.at.analyst.runs))

    def owner_looks(self) -> None:
        self.at.ticker.tick()

    def only_wishes_to_cancel(self, run_id: RunId) -> None:
        with self.at.container.unit_of_work() as work:
            work.runs.request_cancel(run_id, at=self.at.clock.now())
            work.commit()

    def another_worker_takes(self, run_id: RunId, *, from_the_dead: bool = False) -> None:
        now = self.at.clock.now()
        with self.at.container.unit_of_work() as work:
            work.leases.take(run_id, owner="worker-2", now=now, owner_is_dead=from_the_dead)
            work.commit()

    def remove_video(self, run_id: RunId) -> None:
        """Nobody has taken it up for a day."""
        del run_id
        self.at.clock.moment += timedelta(hours=25)
        self.at.container.sweep_uploads()()
        assert not self.at.container.uploads().staged()

    def damage_result(self, run_id: RunId, component: str) -> None:
        with self.at.container.unit_of_work() as work:
            artifact = work.runs.artifacts(run_id)[component]
        self.at.container.store().write(artifact.path, b"not what was written")

    def leave_on_disk(self, run_id: RunId) -> None:
        (self.at.container.workspaces().folder(run_id) / "left.yuv").write_bytes(b"left")

    def takes_no_report(self) -> None:
        reports = self.at.container.reports
        reports.override(providers.Object(AwayReports(reports())))

    def has_report(self, run_id: RunId, *, title: str = "") -> bool:
        link = self.asks(documents.REPORT, run=answers.run_name(run_id))["run"]["report"]
        if link is None:
            return False
        return title in self.at.http.get(link["url"]).raise_for_status().text

    def has_workspace(self, run_id: RunId) -> bool:
        return (self._data_dir / "work" / str(run_id)).is_dir()

    def keeps_frames(self, run_id: RunId) -> bool:
        return any((self._data_dir / "frames").glob(f"*/*/{run_id}"))

    def sweep(self) -> None:
        self.at.container.sweep()(language="ru")

    @property
    def _data_dir(self) -> Path:
        found: Path = self.at.container.settings().data_dir
        return found
