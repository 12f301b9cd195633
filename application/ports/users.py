"""The people who own runs and credits."""

from datetime import datetime
from typing import Protocol

from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import Subscription, User


class Users(Protocol):
    """All users, within one unit of work.

    Contract (tests/contracts/users.py): `get` and `named` give what was added and raise
    `UserNotFound` for anybody else; a user who never subscribed is on the free plan, else on that
    of the newest subscription that has begun.
    """

    def add(self, user: User) -> None: ...

    def get(self, user_id: UserId) -> User: ...

    def named(self, name: str) -> User: ...

    def subscribe(self, subscription: Subscription) -> None: ...

    def plan(self, user_id: UserId, *, now: datetime) -> Plan: ...
