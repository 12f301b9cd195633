"""Sweeping: what has outlived its time goes (R-107, R-703)."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.stored_frames import StoredFrames
from application.ports.unit_of_work import UnitOfWork
from application.ports.workspaces import Workspaces
from domain.errors import RunNotFound
from domain.identity import RunId
from domain.retention import RetentionPolicy
from domain.run import Run


@dataclass(frozen=True, slots=True)
class Sweep:
    """Removes workspaces of ended runs, uploads without a run, and frames past their days."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    workspaces: Workspaces
    frames: StoredFrames
    policy: RetentionPolicy

    def __call__(self) -> None:
        now = self.clock.now()
        for run_id, touched_at in self.workspaces.leftovers():
            run = self._run(run_id)
            if run is None:
                expired = self.policy.upload_expired(touched_at, now=now)
            elif run.is_terminal:
                ended_at = run.finished_at or touched_at
                expired = self.policy.workspace_expired(ended_at, now=now)
            else:
                expired = False
            if expired:
                self.workspaces.discard_upload(run_id)
                self.workspaces.remove(run_id)
        self.frames.expire(stored_before=now - self.policy.stored_frames)

    def _run(self, run_id: RunId) -> Run | None:
        with self.unit_of_work() as work:
            try:
                return work.runs.get(run_id)
            except RunNotFound:
                return None
