"""The one user of an embedded installation, with credits to begin with."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.credits import Credits
from domain.errors import UserNotFound
from domain.ledger import LOCAL_USER, GrantKind
from domain.ledger_orders import TopUp
from domain.rate_limit import Plan
from domain.user import Subscription, User

STARTING_BALANCE = Credits.of("1000")


@dataclass(frozen=True, slots=True, kw_only=True)
class WelcomeLocalUser:
    """Sees that the local user exists, without an hourly limit and with a starting balance."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    retrying: Retrying

    def __call__(self) -> None:
        self.retrying(self._welcomed)

    def _welcomed(self) -> None:
        now = self.clock.now()
        with self.unit_of_work() as work:
            try:
                work.users.get(LOCAL_USER)
            except UserNotFound:
                local = User(id=LOCAL_USER, name="local", created_at=now, is_administrator=True)
                work.users.add(local)
            if work.users.plan(LOCAL_USER, now=now) is not Plan.LOCAL:
                work.users.subscribe(
                    Subscription(user_id=LOCAL_USER, plan=Plan.LOCAL, valid_from=now)
                )
            # Once: an installation that began with another balance keeps what it had.
            if not work.ledger.grants(LOCAL_USER):
                work.ledger.top_up(
                    TopUp(
                        user_id=LOCAL_USER,
                        key="starting-balance",
                        amount=STARTING_BALANCE,
                        at=now,
                        kind=GrantKind.PROMOTIONAL,
                        note="starting balance",
                    )
                )
            work.commit()
