"""Whether a run that ended well still has everything that its manifest promises."""

from dataclasses import dataclass

from application.completeness import missing_artifacts
from application.errors import ResultsIncomplete
from application.ports.artifacts import Artifacts
from domain.run import Run, RunStatus


@dataclass(frozen=True, slots=True)
class CheckResults:
    """Keeps a run from being called complete when a result of it is gone (hardening 73)."""

    store: Artifacts

    def __call__(self, run: Run) -> None:
        """Raises `ResultsIncomplete` for an `ok` run whose manifest or artifacts are not whole."""
        if run.status is not RunStatus.OK:
            return
        account = self.store.read_manifest(run.identity)
        if account is None:
            raise ResultsIncomplete("its manifest is gone")
        missing = missing_artifacts(self.store, account)
        if missing:
            raise ResultsIncomplete(f"{len(missing)} gone or damaged")
