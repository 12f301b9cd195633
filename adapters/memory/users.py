"""Users in memory."""

from datetime import datetime

from adapters.memory.database import Kept
from domain.errors import UserNotFound
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import Subscription, User


class MemoryUsers:
    """Users in a dictionary (port `Users`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, user: User) -> None:
        self._kept.users[user.id] = user

    def get(self, user_id: UserId) -> User:
        try:
            return self._kept.users[user_id]
        except KeyError:
            raise UserNotFound("nobody has this id") from None

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
