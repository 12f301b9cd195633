"""Users in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from adapters.memory.database import Kept
from domain.errors import EmailTaken, UserNotFound
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import Subscription, User


class MemoryUsers:
    """Users in a dictionary (port `Users`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, user: User) -> None:
        if any(other.name == user.name for other in self._kept.users.values()):
            raise EmailTaken("somebody has this name")
        self._kept.users[user.id] = user

    def promote(self, user_id: UserId) -> None:
        self._kept.users[user_id] = replace(self.get(user_id), is_administrator=True)

    def all(self, *, after: str = "", limit: int) -> Sequence[User]:
        later = [user for user in self._kept.users.values() if user.name > after]
        return sorted(later, key=lambda user: user.name)[:limit]

    def get(self, user_id: UserId) -> User:
        try:
            return self._kept.users[user_id]
        except KeyError:
            raise UserNotFound("nobody has this id") from None

    def lock(self, user_id: UserId) -> None:
        # A unit of work over memory has everything to itself.
        self.get(user_id)

    def named(self, name: str) -> User:
        for user in self._kept.users.values():
            if user.name == name:
                return user
        raise UserNotFound("nobody has this name")

    def subscribe(self, subscription: Subscription) -> None:
        self._kept.subscriptions.append(subscription)

    def plan(self, user_id: UserId, *, now: datetime) -> Plan:
        begun = [
            each
            for each in self._kept.subscriptions
            if each.user_id == user_id and each.valid_from <= now
        ]
        newest = max(begun, key=lambda each: each.valid_from, default=None)
        return newest.plan if newest else Plan.FREE
