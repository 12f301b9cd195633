"""Sweeping: what has outlived its time goes, and nothing that a report still needs (R-107)."""

from collections.abc import Callable
from dataclasses import dataclass

from application.errors import AdapterError, ResourceExhausted
from application.ports.clock import Clock
from application.ports.stored_frames import StoredFrames
from application.ports.unit_of_work import UnitOfWork
from application.ports.workspaces import Workspaces
from application.use_cases.execute_run import ExecuteRun
from domain.errors import DomainError, LeaseLost, RunIsOwned, RunNotFound
from domain.identity import RunId
from domain.retention import RetentionPolicy
from domain.run import Run


@dataclass(frozen=True, slots=True)
class Sweep:
    """Removes from this disk workspaces of ended runs, uploads without a run, and frames past
    their days (R-703).

    A run that ended without its report, the storage having been away, or whose worker died between
    its end and its last act is finished first: its report shows pictures, and its frames are kept,
    that only the workspace holds. A report that is missing does not wait for the hour to be over.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    workspaces: Workspaces
    frames: StoredFrames
    policy: RetentionPolicy
    execute: ExecuteRun

    def __call__(self, *, language: str) -> None:
        """Sweeps; a report that was missing is written in `language`."""
        now = self.clock.now()
        for run_id, touched_at in self.workspaces.leftovers():
            run = self._run(run_id)
            if run is None:
                if self.policy.upload_expired(touched_at, now=now):
                    self._discard(run_id)
            elif run.is_terminal:
                ended_at = run.finished_at or touched_at
                expired = self.policy.workspace_expired(ended_at, now=now)
                if self._is_done(run, language, only_report=not expired) and expired:
                    self._discard(run_id)
        self.frames.expire(stored_before=now - self.policy.stored_frames)

    def _is_done(self, run: Run, language: str, *, only_report: bool) -> bool:
        """Finishes an ended run; False where that may work at a later sweep.

        With `only_report`, a run that has its report is left as it is.
        """
        try:
            if only_report and self.execute.is_reported(run):
                return True
            self.execute(
                run.id, language=language, on_progress=lambda _: None, cancellation=_Nobody()
            )
        except (RunIsOwned, LeaseLost, ResourceExhausted):
            return False
        except AdapterError as error:
            return not error.retryable
        except DomainError:
            # A result is gone: this run can have no report any more.
            return True
        except Exception:
            # A bug comes out, once: it must not stop every sweep that follows.
            self._discard(run.id)
            raise
        return True

    def _discard(self, run_id: RunId) -> None:
        self.workspaces.discard_upload(run_id)
        self.workspaces.remove(run_id)

    def _run(self, run_id: RunId) -> Run | None:
        with self.unit_of_work() as work:
            try:
                return work.runs.get(run_id)
            except RunNotFound:
                return None


@dataclass(frozen=True, slots=True)
class _Nobody:
    """No person waits for a sweep, so none can cancel it."""

    requested: bool = False
