"""Runs in memory."""

import copy
from collections.abc import Sequence
from datetime import datetime

from adapters.memory.copies import apart
from adapters.memory.database import Kept
from domain.artifact import Artifact
from domain.errors import LeaseLost, RunNotFound
from domain.events import RunEvent
from domain.identity import RunId
from domain.lease import Lease
from domain.ledger import UserId
from domain.manifest import Preprocessing
from domain.run import Run, RunStatus


class MemoryRuns:
    """Runs in memory. What is handed out is a copy: only `save` changes what is kept."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, run: Run) -> None:
        if run.id in self._kept.runs:
            raise ValueError(f"the run {run.id} is there already")
        self._keep(run)

    def get(self, run_id: RunId) -> Run:
        return apart(self._found(run_id))

    def save(self, run: Run, *, fence: int) -> None:
        self._check_fence(run.id, fence)
        self._keep(run)

    def newest(self, *, limit: int, status: RunStatus | None = None) -> Sequence[Run]:
        runs = [run for run in self._kept.runs.values() if status in {None, run.status}]
        runs.sort(key=lambda run: (run.created_at, run.id.hex), reverse=True)
        return apart(runs[:limit])

    def started(self, user_id: UserId, *, since: datetime) -> Sequence[datetime]:
        starts = (run.created_at for run in self._kept.runs.values() if run.user_id == user_id)
        return sorted(start for start in starts if start > since)

    def events(self, run_id: RunId, *, after: int = 0) -> Sequence[tuple[int, RunEvent]]:
        numbered = enumerate(self._kept.events.get(run_id, []), start=1)
        return [(number, event) for number, event in numbered if number > after]

    def add_artifact(self, run_id: RunId, artifact: Artifact, *, fence: int) -> None:
        self._check_fence(run_id, fence)
        self._kept.artifacts.setdefault(run_id, {})[artifact.component] = artifact

    def artifacts(self, run_id: RunId) -> dict[str, Artifact]:
        return dict(self._kept.artifacts.get(run_id, {}))

    def forget_component(self, run_id: RunId, name: str, *, fence: int) -> None:
        self._check_fence(run_id, fence)
        self._found(run_id).components.pop(name, None)
        self._kept.artifacts.get(run_id, {}).pop(name, None)

    def set_preprocessing(self, run_id: RunId, done: Preprocessing, *, fence: int) -> None:
        self._check_fence(run_id, fence)
        self._kept.preprocessing[run_id] = copy.deepcopy(done)

    def preprocessing(self, run_id: RunId) -> Preprocessing | None:
        return copy.deepcopy(self._kept.preprocessing.get(run_id))

    def unattended(self, *, limit: int) -> Sequence[tuple[RunId, Lease | None]]:
        runs = sorted(self._kept.runs.values(), key=lambda run: run.created_at)
        found = [run.id for run in runs if not run.is_terminal and run.id not in self._kept.outbox]
        return [(run_id, self._kept.leases.get(run_id)) for run_id in found[:limit]]

    def request_cancel(self, run_id: RunId, *, at: datetime) -> None:
        self._kept.cancels.setdefault(self._found(run_id).id, at)

    def cancel_requested(self, run_id: RunId) -> bool:
        return run_id in self._kept.cancels

    def _keep(self, run: Run) -> None:
        self._kept.events.setdefault(run.id, []).extend(run.events)
        run.events.clear()
        self._kept.runs[run.id] = apart(run)

    def _found(self, run_id: RunId) -> Run:
        run = self._kept.runs.get(run_id)
        if run is None:
            raise RunNotFound(f"no run {run_id}", run_id=str(run_id))
        return run

    def _check_fence(self, run_id: RunId, fence: int) -> None:
        self._found(run_id)
        lease = self._kept.leases.get(run_id)
        if lease is not None and lease.fence != fence:
            raise LeaseLost("another worker took this run over", run_id=str(run_id))
