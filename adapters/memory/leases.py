"""Leases in memory."""

from datetime import datetime

from adapters.memory.database import Kept
from domain import lease as rules
from domain.errors import LeaseLost, RunNotFound
from domain.identity import RunId
from domain.lease import Lease


class MemoryLeases:
    """Leases in memory: one a run, for ever, so that its fence never falls."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def take(
        self, run_id: RunId, *, owner: str, now: datetime, owner_is_dead: bool = False
    ) -> Lease:
        if run_id not in self._kept.runs:
            raise RunNotFound(f"no run {run_id}", run_id=str(run_id))
        current = self._kept.leases.get(run_id)
        lease = rules.take(
            current, run_id=run_id, owner=owner, now=now, owner_is_dead=owner_is_dead
        )
        self._kept.leases[run_id] = lease
        return lease

    def renew(self, lease: Lease, *, now: datetime) -> Lease:
        if not self._is_held(lease):
            raise LeaseLost("another worker took this run over", run_id=str(lease.run_id))
        renewed = lease.renewed(now=now)
        self._kept.leases[lease.run_id] = renewed
        return renewed

    def release(self, lease: Lease, *, now: datetime, counts: bool = True) -> None:
        if self._is_held(lease):
            self._kept.leases[lease.run_id] = lease.released(now=now, counts=counts)

    def current(self, run_id: RunId) -> Lease | None:
        return self._kept.leases.get(run_id)

    def _is_held(self, lease: Lease) -> bool:
        current = self._kept.leases.get(lease.run_id)
        return current is not None and (current.fence, current.owner) == (lease.fence, lease.owner)
