"""The use cases that carry runs out, over memory adapters."""

from application.first_halvings import FirstHalvings
from application.ownership import Ownership
from application.progress import Progress
from application.retrying import Retrying
from application.taking_over import TakeOver
from application.use_cases.acquire_video import AcquireVideo
from application.use_cases.cancel_run import CancelRun
from application.use_cases.end_run import EndRun
from application.use_cases.execute_run import ExecuteRun
from application.use_cases.plan_batches import PlanBatches
from application.use_cases.reclaim_runs import ReclaimRuns
from application.use_cases.retry_run import RetryRun
from application.use_cases.sweep import Sweep
from application.use_cases.work_in_company import WorkInCompany
from application.use_cases.work_on_next import WorkOnNext
from application.use_cases.work_on_run import WorkOnRun
from application.use_cases.write_report import WriteReport
from domain.identity import RunId
from domain.retention import RetentionPolicy
from domain.run import Run
from tests.features.app_ground import MadeCosts
from tests.features.app_videos import AppVideos


class WorkerDied(BaseException):
    """The worker's process is gone in the middle of a run."""


class AppWork(AppVideos):
    """Runs carried out, ended and tried again."""

    @property
    def ownership(self) -> Ownership:
        return Ownership(
            unit_of_work=self.unit_of_work,
            store=self.store,
            catalogue=self.shipped.catalogue,
            clock=self.clock,
            workers=self.workers,
            ticker=self.ticker,
            retrying=Retrying(self.pauses),
            equipment=lambda: self.equipment,
        )

    @property
    def execute(self) -> ExecuteRun:
        return ExecuteRun(
            ownership=self.ownership,
            clock=self.clock,
            workspaces=self.workspaces,
            acquire=AcquireVideo(
                self.workspaces, self.remote, self.originals, self.shipped.catalogue
            ),
            segments=self.segments,
            analyst=self.analyst,
            frames=self.frames,
            write_report=self.write_report,
            catalogue=self.shipped.catalogue,
            costs=MadeCosts(self.components),
            retrying=Retrying(self.pauses),
            take_over=TakeOver(
                unit_of_work=self.unit_of_work,
                store=self.store,
                catalogue=self.shipped.catalogue,
                clock=self.clock,
                reusing=self.reusing,
                retrying=Retrying(self.pauses),
            ),
            first_halvings=FirstHalvings(
                unit_of_work=self.unit_of_work,
                catalogue=self.shipped.catalogue,
                machine=self.machine,
                retrying=Retrying(self.pauses),
            ),
        )

    @property
    def write_report(self) -> WriteReport:
        return WriteReport(
            self.reports, self.shipped, self.segments, self.analyst, pictures=self.pictures
        )

    @property
    def end(self) -> EndRun:
        return EndRun(ownership=self.ownership, clock=self.clock)

    @property
    def cancel(self) -> CancelRun:
        return CancelRun(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            end=self.end,
            retrying=Retrying(self.pauses),
        )

    @property
    def retry(self) -> RetryRun:
        return RetryRun(
            unit_of_work=self.unit_of_work,
            accept=self.accept,
            start_video_run=self.start_video_run,
            workspaces=self.workspaces,
        )

    @property
    def work_on_next(self) -> WorkOnNext:
        work = WorkOnRun(
            unit_of_work=self.unit_of_work,
            execute=self.execute,
            end=self.end,
            clock=self.clock,
            retrying=Retrying(self.pauses),
            on_progress=self._watch,
        )
        work_on = WorkInCompany(
            plan=PlanBatches(
                unit_of_work=self.unit_of_work,
                clock=self.clock,
                catalogue=self.shipped.catalogue,
                machine=self.machine,
                is_published=False,
            ),
            analyst=self.analyst,
            clock=self.clock,
            catalogue=self.shipped.catalogue,
            work=work,
        )
        return WorkOnNext(unit_of_work=self.unit_of_work, clock=self.clock, work_on=work_on)

    @property
    def reclaim(self) -> ReclaimRuns:
        return ReclaimRuns(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            workers=self.workers,
            retrying=Retrying(self.pauses),
        )

    @property
    def sweep(self) -> Sweep:
        return Sweep(
            unit_of_work=self.unit_of_work,
            clock=self.clock,
            workspaces=self.workspaces,
            frames=self.frames,
            policy=RetentionPolicy(),
            execute=self.execute,
        )

    def carry_out(self, run_id: RunId) -> Run:
        return self.execute(run_id, language="en", on_progress=self._watch, cancellation=self.token)

    def _watch(self, progress: Progress) -> None:
        """Lets a scenario stop the worker, or the run, right after a component."""
        if progress.ended is not None and progress.component == self.stop_after:
            self.stop_after = None
            raise WorkerDied
        if progress.ended is not None and progress.component == self.cancel_after:
            self.token.requested = True
        if progress.ended is not None and progress.component in self.meanwhile:
            self.meanwhile.pop(progress.component)()
