"""Settling a run: what it is charged, and that its credits are held while it is at work (R-604)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.ports.unit_of_work import UnitOfWork
from domain.bill import MEASURED, outcomes
from domain.estimate import Estimate
from domain.ledger import Hold, HoldState
from domain.ledger_orders import Settle, TakeHold
from domain.manifest import Preprocessing
from domain.run import Run, RunStatus
from domain.video_size import VideoSize

HOLD_LIFETIME = timedelta(days=1)
"""A hold that nobody ended goes back after this, unless its run waits or is at work."""


def take_hold(work: UnitOfWork, run: Run, estimate: Estimate, *, key: str, now: datetime) -> None:
    """Sets aside the most that each line of the estimate can cost; InsufficientCredits."""
    work.ledger.hold(
        TakeHold(
            user_id=run.user_id,
            key=key,
            run_id=run.id,
            lines={line.name: line.most for line in estimate.lines},
            at=now,
            expires_at=now + HOLD_LIFETIME,
        )
    )


@dataclass(frozen=True, slots=True)
class Settling:
    """The money side of one run, inside the units of work that write the run itself.

    A run that was started before runs were paid for has no estimate, and costs nothing.
    """

    run: Run

    def hold(self, work: UnitOfWork, *, now: datetime) -> None:
        """Holds the estimate again when what was held has expired; InsufficientCredits may follow.

        The prices stay those of the estimate: the run was started by them.
        """
        hold = self._hold(work)
        if hold is None or hold.state is not HoldState.EXPIRED or self.run.estimate_id is None:
            return
        estimate = work.estimates.get(self.run.estimate_id, user_id=self.run.user_id)
        take_hold(work, self.run, estimate, key=f"again:{hold.id}", now=now)

    def settle(self, work: UnitOfWork, done: Preprocessing | None, *, now: datetime) -> None:
        """Charges what succeeded and returns the rest, once; `done` tells what was prepared.

        What was held may have expired while the lease had lapsed: then it is held again, unless
        nothing is to be charged. InsufficientCredits leaves the run to be resumed.
        """
        if self._may_cost:
            self.hold(work, now=now)
        if self.run.status is not RunStatus.ERROR:
            work.outbox.take(self.run.id)
        hold = self._hold(work)
        if hold is None or hold.state is HoldState.EXPIRED or self.run.estimate_id is None:
            return
        estimate = work.estimates.get(self.run.estimate_id, user_id=self.run.user_id)
        work.ledger.settle(
            Settle(
                user_id=self.run.user_id,
                key=f"settle:{hold.id}",
                hold_id=hold.id,
                outcomes=outcomes(self.run, estimate, preparation_units=self._prepared(done)),
                at=now,
            )
        )

    @property
    def _may_cost(self) -> bool:
        """A run that failed costs nothing, nor does one cancelled before it had measured."""
        if self.run.status is RunStatus.CANCELLED:
            return any(ended.status in MEASURED for ended in self.run.components.values())
        return self.run.status is not RunStatus.ERROR

    def _prepared(self, done: Preprocessing | None) -> float:
        if done is None:
            return 0.0
        duration_s = done.timeline["duration_s"]
        if not isinstance(duration_s, (int, float)):
            raise TypeError("not the timeline of this version")
        return VideoSize.of(self.run.metadata, duration_s, done.source).preparation_units

    def _hold(self, work: UnitOfWork) -> Hold | None:
        return work.ledger.hold_of(self.run.user_id, self.run.id)
