"""Forgetting what webhooks were told, and callbacks of runs that ended long ago."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireDeliveries:
    """Gives how many deliveries and callbacks went; a registered webhook stays till it is deleted.

    `kept_for` is longer than an end of a run is owed to anybody, or it would be told again.
    """

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock
    kept_for: timedelta

    def __call__(self) -> int:
        return self.retrying(self._expired)

    def _expired(self) -> int:
        before = self.clock.now() - self.kept_for
        with self.unit_of_work() as work:
            # A callback goes once nothing is left of what it was told.
            gone = work.deliveries.expire(before=before)
            gone += work.webhooks.expire_callbacks(ended_before=before)
            work.commit()
        return gone
