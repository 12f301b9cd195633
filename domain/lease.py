"""A lease: which worker owns a run, until when, and the number that fences out former owners."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.errors import RunIsOwned
from domain.identity import RunId

LEASE_TTL = timedelta(seconds=30)
HEARTBEAT_S = 5.0


@dataclass(frozen=True, slots=True)
class Lease:
    """Ownership of one run. `fence` rises with every new owner; a late writer shows an old one.

    `tries` counts how often the run was taken up, those apart whose worker gave it back in order:
    a run that ends its worker again and again is found by it (hardening 48).
    """

    run_id: RunId
    owner: str
    fence: int
    expires_at: datetime
    tries: int = 1

    def is_live(self, *, now: datetime) -> bool:
        return now < self.expires_at

    def renewed(self, *, now: datetime) -> "Lease":
        """The same ownership, for another while."""
        return replace(self, expires_at=now + LEASE_TTL)

    def released(self, *, now: datetime, counts: bool = True) -> "Lease":
        """Nobody's from `now` on; without `counts` as if this try had not been."""
        return replace(self, owner="", expires_at=now, tries=self.tries - (not counts))


def take(
    current: Lease | None, *, run_id: RunId, owner: str, now: datetime, owner_is_dead: bool = False
) -> Lease:
    """A lease for `owner`: on a free run, an expired lease, or one whose owner is known dead."""
    if current is None:
        return Lease(run_id, owner, 1, now + LEASE_TTL)
    if current.is_live(now=now) and not owner_is_dead:
        raise RunIsOwned("another worker is at this run", run_id=str(run_id))
    return Lease(run_id, owner, current.fence + 1, now + LEASE_TTL, current.tries + 1)
