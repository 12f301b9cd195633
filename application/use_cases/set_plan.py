"""Putting a user on a plan: an administrator's act."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPlan:
    """The plan is in force from now on (R-607); UserNotFound for nobody."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying
    clock: Clock

    def __call__(self, user_id: UserId, plan: Plan) -> None:
        self.retrying(lambda: self._set(user_id, plan))

    def _set(self, user_id: UserId, plan: Plan) -> None:
        now = self.clock.now()
        with self.unit_of_work() as work:
            work.users.get(user_id)
            if work.users.plan(user_id, now=now) is not plan:
                work.users.subscribe(Subscription(user_id=user_id, plan=plan, valid_from=now))
                work.commit()
