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
    `EmailTaken`, and changes nothing. `all` gives users by name, those after one. Who locks a user
    has others who lock the same one wait until the unit of work ends
    (tests/adapters/sql/test_limit_races.py).
    """

    def add(self, user: User) -> None: ...

    def promote(self, user_id: UserId) -> None:
        """Makes the user an administrator."""
        ...

    def all(self, *, after: str = "", limit: int) -> Sequence[User]: ...

    def get(self, user_id: UserId) -> User: ...

    def lock(self, user_id: UserId) -> None:
        """For a look at what the user has that decides about a change. Raises UserNotFound."""
        ...

    def named(self, name: str) -> User: ...

    def subscribe(self, subscription: Subscription) -> None: ...

    def plan(self, user_id: UserId, *, now: datetime) -> Plan: ...
