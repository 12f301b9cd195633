"""Cancelling a run: the user's word reaches it wherever it is (R-510)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from application.use_cases.end_run import EndRun
from domain.errors import InvalidTransition, RunIsOwned, RunNotFound
from domain.identity import RunId
from domain.ledger import UserId
from domain.run import Run, RunStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRun:
    """Ends a run that nobody is at, and asks the worker of any other to stop; harmless twice.

    The wish is written first, so it holds also where this process ends in between. Raises
    RunNotFound, also for another user's run, and InvalidTransition once it has ended otherwise.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    end: EndRun
    retrying: Retrying

    def __call__(self, user_id: UserId, run_id: RunId) -> Run:
        """The run: cancelled, or still running until its worker has heard."""
        run = self.retrying(lambda: self._asked(user_id, run_id))
        if run.is_terminal:
            return run
        with suppress(RunIsOwned):
            return self.end.cancelled(run_id)
        return run

    def _asked(self, user_id: UserId, run_id: RunId) -> Run:
        with self.unit_of_work() as work:
            run = run_of(work, user_id, run_id)
            if not run.is_terminal:
                work.runs.request_cancel(run_id, at=self.clock.now())
                work.commit()
            elif run.status is not RunStatus.CANCELLED:
                raise InvalidTransition("the run has ended")
            return run


def run_of(work: UnitOfWork, user_id: UserId, run_id: RunId) -> Run:
    """A user's run; another's is as unknown as one that never was: RunNotFound."""
    run = work.runs.get(run_id)
    if run.user_id != user_id:
        raise RunNotFound(f"no run {run_id}", run_id=str(run_id))
    return run
