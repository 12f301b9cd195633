"""A user's account: its settings and its plan; and all of them, for administrators."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.account_settings import AccountSettings
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import User

USERS_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOf:
    """A user with the plan in force."""

    user: User
    plan: Plan


@dataclass(frozen=True, slots=True)
class ReadAccount:
    """Reads settings and plans."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    def settings(self, user_id: UserId) -> AccountSettings:
        with self.unit_of_work() as work:
            return work.user_settings.of(user_id)

    def plan(self, user_id: UserId) -> Plan:
        with self.unit_of_work() as work:
            return work.users.plan(user_id, now=self.clock.now())

    def users(self, *, after: str = "", limit: int = USERS_MAX) -> Sequence[AccountOf]:
        """Users by name from behind `after` on, at most `USERS_MAX` of them."""
        now = self.clock.now()
        with self.unit_of_work() as work:
            found = work.users.all(after=after, limit=max(0, min(limit, USERS_MAX)))
            return [AccountOf(user=one, plan=work.users.plan(one.id, now=now)) for one in found]
