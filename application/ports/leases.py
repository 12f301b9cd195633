"""Who owns which run."""

from datetime import datetime
from typing import Protocol

from domain.identity import RunId
from domain.lease import Lease


class Leases(Protocol):
    """Leases on runs, within one unit of work.

    Contract (tests/contracts/leases.py): of two workers who take one free run at the same time
    exactly one gets it, the other is refused `RunIsOwned`; `fence` rises with every new owner and
    never falls, also after `release`, which leaves no owner; `renew` of a lease that was taken over
    or released raises `LeaseLost`, and from a `renew` that passed until the end of its unit of work
    nobody else takes the run. `tries` rises with every `take`; a `release` that does not count
    takes its own back.
    """

    def take(
        self, run_id: RunId, *, owner: str, now: datetime, owner_is_dead: bool = False
    ) -> Lease: ...

    def renew(self, lease: Lease, *, now: datetime) -> Lease: ...

    def release(self, lease: Lease, *, now: datetime, counts: bool = True) -> None: ...

    def current(self, run_id: RunId) -> Lease | None: ...
