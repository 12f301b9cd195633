"""What an installation is watched by: counts, and how long runs took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.identity import RunId


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many there are now; a state that nothing is in is left out.

    `queue_length` are runs that no worker has taken up, `workers` owners of leases in force.
    """

    runs: Mapping[str, int]
    queue_length: int
    workers: int
    deliveries: Mapping[str, int]
    uploads: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EndedComponent:
    """How one component ended and how long it took; `code` of a failure, else empty."""

    name: str
    status: str
    duration_ms: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRun:
    """A run that has ended; `started_at` is None for one that was given up while it waited."""

    run_id: RunId
    status: str
    code: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime
    components: tuple[EndedComponent, ...]

    @property
    def wait_s(self) -> float | None:
        """Seconds from its start by a person to its start by a worker."""
        if self.started_at is None:
            return None
        return (self.started_at - self.created_at).total_seconds()


class Figures(Protocol):
    """Figures of a whole installation, within one unit of work; reading locks nothing.

    Contract (tests/contracts/figures.py): `totals` counts what is there at this moment; `ended` are
    the runs that ended at `since` or after it, the earliest first, their components by name.
    """

    def totals(self, now: datetime) -> Totals: ...

    def ended(self, *, since: datetime, limit: int) -> Sequence[EndedRun]: ...
