"""Users in SQL."""

from datetime import datetime

from sqlalchemy import Connection, Row, insert, select

from adapters.sql.ledger_tables import subscriptions, users
from domain.errors import UserNotFound
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import Subscription, User


class SqlUsers:
    """Users as rows of one transaction (port `Users`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, user: User) -> None:
        self._connection.execute(
            insert(users).values(
                id=user.id,
                name=user.name,
                is_administrator=user.is_administrator,
                created_at=user.created_at,
            )
        )

    def get(self, user_id: UserId) -> User:
        row = self._connection.execute(select(users).where(users.c.id == user_id)).one_or_none()
        return _user(row)

    def named(self, name: str) -> User:
        row = self._connection.execute(select(users).where(users.c.name == name)).one_or_none()
        return _user(row)

    def subscribe(self, subscription: Subscription) -> None:
        self._connection.execute(
            insert(subscriptions).values(
                user_id=subscription.user_id,
                plan=str(subscription.plan),
                valid_from=subscription.valid_from,
            )
        )

    def plan(self, user_id: UserId, *, now: datetime) -> Plan:
        newest = (
            select(subscriptions.c.plan)
            .where(subscriptions.c.user_id == user_id, subscriptions.c.valid_from <= now)
            .order_by(subscriptions.c.valid_from.desc())
            .limit(1)
        )
        plan = self._connection.execute(newest).scalar_one_or_none()
        return Plan.FREE if plan is None else Plan(plan)


def _user(row: Row[tuple[object, ...]] | None) -> User:
    if row is None:
        raise UserNotFound("nobody has this id or name")
    return User(
        id=UserId(row.id),
        name=row.name,
        created_at=row.created_at,
        is_administrator=row.is_administrator,
    )
