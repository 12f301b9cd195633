"""How many more runs a user may start within the hour (R-607)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.ledger import UserId
from domain.rate_limit import WINDOW, HourlyLimits, Plan


@dataclass(frozen=True, slots=True)
class RateLimitState:
    """A plan's limit and what is used of it. `limit` None: the plan has none.

    `free_at` is when the next run may start; None when one may start now.
    """

    plan: Plan
    limit: int | None
    used: int
    free_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadRateLimit:
    """Reads what StartRun would refuse by."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    limits: HourlyLimits

    def __call__(self, user_id: UserId) -> RateLimitState:
        now = self.clock.now()
        with self.unit_of_work() as work:
            plan = work.users.plan(user_id, now=now)
            started = work.runs.started(user_id, since=now - WINDOW)
        limit = self.limits.of(plan)
        is_spent = limit is not None and len(started) >= limit
        free_at = sorted(started)[-limit] + WINDOW if is_spent and limit else None
        return RateLimitState(plan, limit, len(started), free_at)
