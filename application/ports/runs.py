"""All runs of one installation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.artifact import Artifact
from domain.events import RunEvent
from domain.identity import RunId
from domain.lease import Lease
from domain.ledger import UserId
from domain.manifest import Preprocessing
from domain.run import Run, RunStatus


class Runs(Protocol):
    """All runs, within one unit of work.

    Contract (tests/contracts/runs.py, run_records.py): `get` returns what was last saved under that
    id, equal in every field but `events`; an unknown id raises `RunNotFound`; `save` writes the
    run, its components and, in order, its new `events` (which it empties) with a rising sequence
    per run; nothing is seen by others before `commit`. `save` of a leased run demands the lease's
    current `fence`, else `LeaseLost`.
    """

    def add(self, run: Run) -> None: ...

    def get(self, run_id: RunId) -> Run: ...

    def save(self, run: Run, *, fence: int) -> None: ...

    def newest(self, *, limit: int, status: RunStatus | None = None) -> Sequence[Run]: ...

    def started(self, user_id: UserId, *, since: datetime) -> Sequence[datetime]:
        """When the user's runs were started that were started after `since`, the oldest first."""
        ...

    def events(self, run_id: RunId, *, after: int = 0) -> Sequence[tuple[int, RunEvent]]: ...

    def add_artifact(self, run_id: RunId, artifact: Artifact, *, fence: int) -> None: ...

    def artifacts(self, run_id: RunId) -> dict[str, Artifact]: ...

    def forget_component(self, run_id: RunId, name: str, *, fence: int) -> None:
        """Removes a component's row and its artifact's, so that it is measured again."""
        ...

    def set_preprocessing(self, run_id: RunId, done: Preprocessing, *, fence: int) -> None: ...

    def preprocessing(self, run_id: RunId) -> Preprocessing | None: ...

    def unattended(self, *, limit: int) -> Sequence[tuple[RunId, Lease | None]]:
        """Runs that have neither ended nor wait, the oldest first, with whoever had them last."""
        ...

    def request_cancel(self, run_id: RunId, *, at: datetime) -> None:
        """Writes that the run is no longer wanted; the first time counts. Anybody may, any time."""
        ...

    def cancel_requested(self, run_id: RunId) -> bool:
        """Whether the run is no longer wanted; nothing is locked by asking."""
        ...
