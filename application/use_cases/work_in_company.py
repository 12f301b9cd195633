"""Working on the run that the queue hands out, and on others with it where that is quicker."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from application.company import Company
from application.ports.analyst import Analyst
from application.ports.cancellation import Cancellation
from application.ports.clock import Clock
from application.use_cases.plan_batches import PlanBatches
from application.use_cases.work_on_next import WorkOn
from application.use_cases.work_on_run import Worked
from domain.catalogue import Catalogue
from domain.identity import RunId


class WorkBy(Protocol):
    """Works on one run with an analyst that it is given, as `WorkOnRun` does."""

    def by(self, analyst: Analyst, *, waited: Callable[[], timedelta]) -> WorkOn: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkInCompany:
    """Carries a batch out: each run by itself, under its own lease, to its own end (R-502).

    They share the analyst alone. One run is a batch of one.
    """

    plan: PlanBatches
    analyst: Analyst
    clock: Clock
    catalogue: Catalogue
    work: WorkBy

    def __call__(self, run_id: RunId, *, language: str, cancellation: Cancellation) -> Worked:
        """What came of the run that was handed out; what broke on any of them is raised."""
        batch = self.plan(run_id)
        company = Company(
            self.analyst, self.clock, self.catalogue, batch.groups, count=len(batch.runs)
        )

        def worked(one: RunId) -> Worked:
            with company.seat() as seat:
                work_on = self.work.by(seat, waited=lambda: seat.waited)
                return work_on(one, language=language, cancellation=cancellation)

        ends: list[Future[Worked]] = []
        try:
            for one in batch.runs:
                ends.append(_begun(worked, one))  # noqa: PERF401 - those begun are waited for
            company.serve()
        finally:
            company.close()
            wait(ends)
        first, *_ = [end.result() for end in ends]
        return first


def _begun(worked: Callable[[RunId], Worked], run_id: RunId) -> Future[Worked]:
    """Goes on in a thread that holds no process up: one that must end leaves what hangs behind."""
    end: Future[Worked] = Future()

    def carry() -> None:
        try:
            end.set_result(worked(run_id))
        except BaseException as error:  # noqa: BLE001 - raised again by whoever looks at the end
            end.set_exception(error)

    threading.Thread(target=carry, daemon=True, name=f"run-{run_id}").start()
    return end
