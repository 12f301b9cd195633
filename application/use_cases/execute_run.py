"""Carrying out a run: acquire, segment, analyse; the same call begins a run and resumes it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from application.account import RunAccount
from application.analysing import Analysis
from application.errors import AdapterError, ResourceExhausted, TimedOut
from application.first_halvings import FirstHalvings
from application.ownership import Ownership
from application.ports.analyst import Analyst, StepFailed
from application.ports.cancellation import Cancellation
from application.ports.clock import Clock
from application.ports.orders import SegmentOrder
from application.ports.profiles import Costs
from application.ports.segments import Segmentation, Segments
from application.ports.stored_frames import StoredFrames
from application.ports.workspaces import Workspaces
from application.progress import OnProgress, Progress
from application.remaining import Remaining
from application.retrying import Retrying
from application.taking_over import TakeOver
from application.use_cases.acquire_video import AcquireVideo
from application.use_cases.write_report import WriteReport
from domain.catalogue import Catalogue
from domain.effort import effort
from domain.errors import Cancelled, DomainError, LeaseLost
from domain.identity import RunId
from domain.run import Failure, Run, Stage
from domain.video_size import VideoSize


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecuteRun:
    """Carries out one run under a lease; a second live worker is refused `RunIsOwned`.

    Every step first looks at what is already there, so calling it again after a crash goes on
    after the last finished component (R-501). Whatever a rule or the world says no to becomes the
    run's own end. A full disk and a bug come out as exceptions and leave the run to be resumed.
    Whoever hears that a run has ended finds its report; one that could not be written comes out as
    an exception once the run has ended, and is the next sweep's.
    """

    ownership: Ownership
    clock: Clock
    workspaces: Workspaces
    acquire: AcquireVideo
    segments: Segments
    analyst: Analyst
    frames: StoredFrames
    write_report: WriteReport
    catalogue: Catalogue
    costs: Costs
    retrying: Retrying
    take_over: TakeOver
    first_halvings: FirstHalvings
    waited: Callable[[], timedelta] = timedelta

    def by(self, analyst: Analyst, *, waited: Callable[[], timedelta]) -> "ExecuteRun":
        """The same with another analyst, for which a run has only `waited` so long till now."""
        report = replace(self.write_report, analyst=analyst)
        return replace(self, analyst=analyst, write_report=report, waited=waited)

    def __call__(
        self,
        run_id: RunId,
        *,
        language: str,
        on_progress: OnProgress,
        cancellation: Cancellation,
    ) -> Run:
        with self.ownership.of(run_id, cancellation) as (account, token):
            if not account.run.is_terminal:
                account.start()
                self._carry_out(account, on_progress, token)
                self._close(account, language)
            elif not self._has_leftovers(run_id):
                # Everything was done, and the report shows pictures that are no longer here.
                return account.run
            else:
                self.retrying(partial(self._report, account, language))
            self._clean_up(account.run)
            return account.run

    def is_reported(self, run: Run) -> bool:
        """Whether an ended run has its report."""
        return self.write_report.is_written(run)

    def _report(self, account: RunAccount, language: str) -> None:
        if not self.is_reported(account.run):
            self.write_report(account, language=language)

    def _close(self, account: RunAccount, language: str) -> None:
        """Tells the end once the report is there; without one no run is kept from its end.

        A report that a killed worker left is of an end that never was: it is written anew.
        """
        failed: Exception | None = None
        try:
            self.retrying(partial(self.write_report, account, language=language))
        except Exception as error:  # noqa: BLE001 - it comes out as soon as the end is kept
            failed = error
        account.close()
        if failed is not None:
            raise failed

    def _carry_out(self, account: RunAccount, on_progress: OnProgress, token: Cancellation) -> None:
        run = account.run
        try:
            self._stages(account, on_progress, token)
            run.finish(now=self.clock.now())
        except (LeaseLost, ResourceExhausted):
            raise
        except Cancelled:
            run.cancel(now=self.clock.now())
        except StepFailed as failed:
            run.fail(failed.failure, now=self.clock.now())
        except DomainError as refusal:
            run.fail(Failure.of(refusal, where=str(run.stage or "")), now=self.clock.now())
        except AdapterError as error:
            if error.retryable and not isinstance(error, TimedOut):
                # Every retry is spent, and the world may be well again in a minute: the run is left
                # to be resumed.
                raise
            failure = Failure(error.code, str(error), where=str(run.stage or ""))
            run.fail(failure, now=self.clock.now())

    def _stages(self, account: RunAccount, on_progress: OnProgress, token: Cancellation) -> None:
        taken_up_at = self.clock.now()
        if token.requested:
            raise Cancelled("cancelled before it went on")
        segmentation = self.segments.load(account.run.id)
        if segmentation is None:
            self.take_over.everything(account)
            if not account.run.pending:
                # All of it was there: the video is not even fetched.
                self.acquire.discard(account.run)
                account.enter(Stage.ANALYSE)
                return
            segmentation = self._segmented(account, on_progress, token)
        else:
            # One that was taken over and has been damaged since was not decoded for.
            self.take_over.of_file(account, segmentation.preprocessing.content_sha256)
        account.segmented(segmentation.preprocessing)
        self.acquire.discard(account.run)
        account.enter(Stage.ANALYSE)
        remaining = self._remaining(account.run, segmentation)
        halvings = self.first_halvings()
        Analysis(self.analyst, self.catalogue, self.clock, self.retrying, halvings)(
            account,
            remaining=remaining,
            on_progress=on_progress,
            cancellation=_Deadline(
                account.run, segmentation, self.clock, token, taken_up_at, self.waited
            ),
        )

    def _segmented(
        self, account: RunAccount, on_progress: OnProgress, token: Cancellation
    ) -> Segmentation:
        run = account.run
        account.enter(Stage.ACQUIRE)

        fetched = self._paced(Stage.ACQUIRE, on_progress)
        file = self.acquire(run, on_share=fetched, cancellation=token)
        content = self.acquire.content_of(run, file)
        self.take_over.of_file(account, content)
        account.enter(Stage.SEGMENT)
        order = SegmentOrder(
            run_id=run.id,
            file=file,
            components=tuple(sorted(_decoded_for(run))),
            timeout_s=run.profile.limits.segment_s,
            content_sha256=content,
        )
        segmented = self._paced(Stage.SEGMENT, on_progress)
        return self.analyst.segment(order, on_progress=segmented, cancellation=token)

    def _paced(self, stage: Stage, on_progress: OnProgress) -> Callable[[float], None]:
        """Tells a stage's share and, by the pace of that share, the seconds left of the stage."""
        began = self.clock.now()

        def tell(share: float) -> None:
            spent_s = (self.clock.now() - began).total_seconds()
            left_s = spent_s * (1 - share) / share if share > 0 else 0.0
            on_progress(Progress(stage, None, share, left_s))

        return tell

    def _has_leftovers(self, run_id: RunId) -> bool:
        return any(left == run_id for left, _ in self.workspaces.leftovers())

    def _remaining(self, run: Run, segmentation: Segmentation) -> Remaining:
        source = segmentation.preprocessing.source
        size = VideoSize.of(run.metadata, segmentation.timeline.duration_s, source)
        lines = effort(run.profile, self.catalogue, self.costs.models(), size)
        return Remaining(lines)

    def _clean_up(self, run: Run) -> None:
        """What outlives the run is the result, the report and, for a while, its stored frames."""
        if self.segments.load(run.id) is not None:
            union = self.segments.union(run.id)
            self.frames.keep(run.identity, union, now=self.clock.now())
        self.workspaces.discard_upload(run.id)
        self.workspaces.remove(run.id)


def _decoded_for(run: Run) -> frozenset[str]:
    reused = {name for name, ended in run.components.items() if ended.is_reused}
    return run.profile.component_names - reused


@dataclass(frozen=True, slots=True)
class _Deadline:
    """The user's word to stop, and the run's own time limit (R-506).

    The limit is one of work: the time that an interrupted run lay there does not count, nor that
    in which it waited for others.
    """

    run: Run
    segmentation: Segmentation
    clock: Clock
    token: Cancellation
    taken_up_at: datetime
    waited: Callable[[], timedelta]

    @property
    def requested(self) -> bool:
        limit_s = self.run.profile.limits.run_s(self.segmentation.timeline.duration_s)
        if self.clock.now() - self.taken_up_at - self.waited() > timedelta(seconds=limit_s):
            raise StepFailed(Failure("run_timed_out", f"over {limit_s:.0f} s", where="run"))
        return self.token.requested
