"""Users: the people who own runs and credits."""

from dataclasses import dataclass
from datetime import datetime

from domain.ledger import UserId
from domain.rate_limit import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who owns runs and credits; an administrator also sets prices and tops up."""

    id: UserId
    name: str
    created_at: datetime
    is_administrator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """From a moment on a user has a plan, until the next subscription (R-607)."""

    user_id: UserId
    plan: Plan
    valid_from: datetime
