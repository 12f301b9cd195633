"""The people who own runs and credits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import Subscription, User


class Users(Protocol):
    """All users, within one unit of work.

    Contract (tests/contracts/users.py): `get` and `named` give what was added and raise
    `UserNotFound` for anybody else; a user who never subscribed is on the free plan, else on that
    of the newest subscription that has begun. A name is one user's: to add it again raises
    `EmailTaken`, and changes nothing. `all` gives users by name, those after one.
    """

    def add(self, user: User) -> None: ...

    def promote(self, user_id: UserId) -> None:
        """Makes the user an administrator."""
        ...

    def all(self, *, after: str = "", limit: int) -> Sequence[User]: ...

    def get(self, user_id: UserId) -> User: ...

    def named(self, name: str) -> User: ...

    def subscribe(self, subscription: Subscription) -> None: ...

    def plan(self, user_id: UserId, *, now: datetime) -> Plan: ...
