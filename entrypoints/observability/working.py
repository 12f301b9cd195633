"""A worker's lines of one run: when it was taken, how it left the worker's hands."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from application.ports.analyst import Analyst
from application.ports.cancellation import Cancellation
from application.use_cases.work_on_run import Worked, WorkOnRun
from domain.identity import RunId
from entrypoints.observability.correlation import correlated

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ToldWork:
    """Works on a run with its id in every line."""

    work_on: WorkOnRun

    def by(self, analyst: Analyst, *, waited: Callable[[], timedelta]) -> "ToldWork":
        """The same with another analyst, for which a run has only `waited` so long till now."""
        return ToldWork(self.work_on.by(analyst, waited=waited))

    def __call__(self, run_id: RunId, *, language: str, cancellation: Cancellation) -> Worked:
        with correlated(run_id):
            _log.info("run.taken run=%s", run_id)
            worked = self.work_on(run_id, language=language, cancellation=cancellation)
            _log.info("run.left run=%s how=%s", run_id, worked.name.lower())
            return worked
