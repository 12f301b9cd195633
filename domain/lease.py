"""A lease: which worker owns a run, until when, and the number that fences out former owners."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import RunIsOwned
from domain.identity import RunId

LEASE_TTL = timedelta(seconds=30)
HEARTBEAT_S = 5.0


@dataclass(frozen=True, slots=True)
class Lease:
    """Ownership of one run. `fence` rises with every new owner; a late writer shows an old one."""

    run_id: RunId
    owner: str
    fence: int
    expires_at: datetime

    def is_live(self, *, now: datetime) -> bool:
        return now < self.expires_at

    def renewed(self, *, now: datetime) -> "Lease":
        """The same ownership, for another while."""
        return Lease(self.run_id, self.owner, self.fence, now + LEASE_TTL)


def take(
    current: Lease | None, *, run_id: RunId, owner: str, now: datetime, owner_is_dead: bool = False
) -> Lease:
    """A lease for `owner`: on a free run, an expired lease, or one whose owner is known dead."""
    if current is None:
        return Lease(run_id, owner, 1, now + LEASE_TTL)
    if current.is_live(now=now) and not owner_is_dead:
        raise RunIsOwned("another worker is at this run", run_id=str(run_id))
    return Lease(run_id, owner, current.fence + 1, now + LEASE_TTL)
