"""Forgetting sessions that have ended and attempts to sign in that no longer count."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.sign_in_attempts import AttemptLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireSessions:
    """Gives how many rows went; nobody could sign in by any of them."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock
    limit: AttemptLimit

    def __call__(self) -> int:
        return self.retrying(self._expired)

    def _expired(self) -> int:
        now = self.clock.now()
        with self.unit_of_work() as work:
            gone = work.sessions.expire(now)
            gone += work.sign_in_attempts.expire(now - self.limit.window)
            work.commit()
        return gone
