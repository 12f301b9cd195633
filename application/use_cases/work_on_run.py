"""Working on a run that the queue hands out: to its end, or back into the queue, never lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from application.errors import AdapterError, HandedBack
from application.origins import kind_and_origin
from application.ports.analyst import Analyst
from application.ports.cancellation import Cancellation
from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.progress import OnProgress
from application.retrying import Retrying
from application.use_cases.end_run import EndRun
from application.use_cases.execute_run import ExecuteRun
from domain.errors import DomainError, LeaseLost, RunIsOwned, RunNotFound
from domain.identity import RunId
from domain.run import Failure
from domain.tries import is_spent, rest_after

GAVE_UP = "gave_up"
INTERNAL_ERROR = "internal_error"


class Worked(StrEnum):
    """What came of a run that was handed out."""

    ENDED = "ended"
    GIVEN_UP = "given_up"
    PUT_BACK = "put_back"
    NOT_OURS = "not_ours"
    """Another worker has it, or it has ended: handed out twice, worked on once (hardening 44)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOnRun:
    """Carries a run out for a queue that may hand it out more than once (R-501).

    What may be well in a minute puts the run back for a while, at most `TRIES_MAX` times; then, and
    when it has ended so many workers, it ends in an error and its credits come back (hardening 48).
    A bug does the same, and comes out.
    """

    unit_of_work: Callable[[], UnitOfWork]
    execute: ExecuteRun
    end: EndRun
    clock: Clock
    retrying: Retrying
    on_progress: OnProgress = lambda _: None

    def by(self, analyst: Analyst, *, waited: Callable[[], timedelta]) -> "WorkOnRun":
        """The same with another analyst, for which a run has only `waited` so long till now."""
        return replace(self, execute=self.execute.by(analyst, waited=waited))

    def __call__(self, run_id: RunId, *, language: str, cancellation: Cancellation) -> Worked:
        try:
            return self._worked(run_id, language, cancellation)
        except (RunIsOwned, LeaseLost, RunNotFound):
            return Worked.NOT_OURS
        except HandedBack:
            return self._put_back(run_id)
        except DomainError as refusal:
            # What it takes to carry the run out is not there (any more): its credits, say.
            return self._given_up(run_id, Failure.of(refusal, where="worker"))
        except AdapterError as error:
            return self._again(run_id, Failure(error.code, str(error), where="worker"))
        except Exception as bug:
            self._again(run_id, Failure(INTERNAL_ERROR, kind_and_origin(bug), where="worker"))
            raise

    def _worked(self, run_id: RunId, language: str, cancellation: Cancellation) -> Worked:
        tries = self.retrying(lambda: self._tries(run_id))
        if tries is None:
            return Worked.NOT_OURS
        if is_spent(tries):
            return self._given_up(run_id, Failure(GAVE_UP, f"{tries} tries", where="worker"))
        self.execute(
            run_id, language=language, on_progress=self.on_progress, cancellation=cancellation
        )
        return Worked.ENDED

    def _tries(self, run_id: RunId) -> int | None:
        """How often it was tried; None for what is not to be carried out, which waits no more."""
        with self.unit_of_work() as work:
            if _is_unended(work, run_id):
                lease = work.leases.current(run_id)
                return 0 if lease is None else lease.tries
            work.outbox.take(run_id)
            work.commit()
        return None

    def _again(self, run_id: RunId, failure: Failure) -> Worked:
        """Puts the run back to be tried after a rest, or ends it once its tries are spent."""
        tries = self.retrying(lambda: self._tries(run_id))
        if tries is None:
            return Worked.ENDED
        if is_spent(tries):
            return self._given_up(run_id, failure)
        return self._put_back(run_id, tries)

    def _given_up(self, run_id: RunId, failure: Failure) -> Worked:
        try:
            self.end.failed(run_id, failure)
        except (RunIsOwned, LeaseLost):
            return Worked.NOT_OURS
        return Worked.GIVEN_UP

    def _put_back(self, run_id: RunId, tries: int | None = None) -> Worked:
        def put() -> None:
            now = self.clock.now()
            with self.unit_of_work() as work:
                work.outbox.take(run_id)
                ready_at = None if tries is None else now + rest_after(tries)
                work.outbox.add(run_id, ready_at=ready_at)
                work.commit()

        self.retrying(put)
        return Worked.PUT_BACK


def _is_unended(work: UnitOfWork, run_id: RunId) -> bool:
    try:
        return not work.runs.get(run_id).is_terminal
    except RunNotFound:
        # It was erased.
        return False
