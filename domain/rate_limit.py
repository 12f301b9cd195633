"""Hourly limits: how many runs a user's plan lets start in any hour (R-607)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import RateLimited

WINDOW = timedelta(hours=1)


class Plan(StrEnum):
    """What a user has subscribed to. `LOCAL` is the one user of an embedded installation."""

    FREE = "free"
    PREMIUM = "premium"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class HourlyLimits:
    """Runs an hour by plan, never above `ceiling`; a plan that is not listed has no limit."""

    by_plan: Mapping[Plan, int] = field(default_factory=lambda: {Plan.FREE: 5, Plan.PREMIUM: 50})
    ceiling: int = 100

    def __post_init__(self) -> None:
        if min((self.ceiling, *self.by_plan.values())) < 1:
            raise ValueError(f"a limit lets something through: {self}")

    def of(self, plan: Plan) -> int | None:
        """None where a plan has no limit."""
        limit = self.by_plan.get(plan)
        return None if limit is None else min(limit, self.ceiling)

    def check(self, plan: Plan, started: Sequence[datetime], *, now: datetime) -> None:
        """Raises RateLimited, with the time of the next free slot.

        `started` holds the starts of the user's runs; the window slides: a start counts for exactly
        an hour.
        """
        limit = self.of(plan)
        if limit is None:
            return
        recent = sorted(start for start in started if start > now - WINDOW)
        if len(recent) >= limit:
            free_at = recent[-limit] + WINDOW
            raise RateLimited(
                f"{limit} runs an hour", plan=plan, limit=limit, free_at=free_at.isoformat()
            )
