"""What of an ended run is shown as it is: its page, and pictures of its key frames."""

from collections.abc import Callable
from dataclasses import dataclass

from application.pictures import Pictures
from application.ports.clock import Clock
from application.ports.reports import Reports
from application.ports.unit_of_work import UnitOfWork
from domain.identity import RunId
from domain.ledger import UserId
from domain.retention import RetentionPolicy
from domain.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadShown:
    """Reads what one user's run has to show; RunNotFound for another's as for an unknown one.

    Pictures are gone when their time is over, whether anybody has swept since or not (R-703).
    """

    unit_of_work: Callable[[], UnitOfWork]
    pictures: Pictures
    reports: Reports
    clock: Clock
    policy: RetentionPolicy

    def pictured(self, user_id: UserId, run_id: RunId) -> frozenset[int]:
        """The places on the timeline of which there is a picture."""
        run = self._run(user_id, run_id)
        return self.pictures.indices(run_id) if self._has_pictures(run) else frozenset()

    def picture(self, user_id: UserId, run_id: RunId, index: int) -> bytes | None:
        """A JPEG file; None where there is none."""
        run = self._run(user_id, run_id)
        return self.pictures.read(run_id, index) if self._has_pictures(run) else None

    def has_report(self, user_id: UserId, run_id: RunId) -> bool:
        """Whether there is a page of the run's end; what stands there before is of no end yet."""
        run = self._run(user_id, run_id)
        return run.is_terminal and self.reports.is_written(run.identity)

    def report(self, user_id: UserId, run_id: RunId) -> bytes | None:
        """The page, an HTML file; None where it is not written."""
        run = self._run(user_id, run_id)
        return self.reports.read(run.identity) if run.is_terminal else None

    def _run(self, user_id: UserId, run_id: RunId) -> Run:
        with self.unit_of_work() as work:
            return work.history.of(user_id, run_id)

    def _has_pictures(self, run: Run) -> bool:
        ended_at = run.finished_at
        return ended_at is not None and not self.policy.frames_expired(
            ended_at, now=self.clock.now()
        )
