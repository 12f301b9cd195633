"""Users in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql.ledger_tables import subscriptions, users
from domain.errors import EmailTaken, UserNotFound
from domain.ledger import UserId
from domain.rate_limit import Plan
from domain.user import Subscription, User

# Asked with every request: to put a statement together takes longer than to have it answered.
_WITH_ID = select(users).where(users.c.id == bindparam("user_id"))


class SqlUsers:
    """Users as rows of one transaction (port `Users`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._is_sqlite = connection.dialect.name == "sqlite"

    def add(self, user: User) -> None:
        made: Any = sqlite if self._is_sqlite else postgresql
        # Not by the failure of the constraint: the words of the driver hold the address.
        row = made.insert(users).values(
            id=user.id,
            name=user.name,
            is_administrator=user.is_administrator,
            created_at=user.created_at,
        )
        added = row.on_conflict_do_nothing(index_elements=["name"]).returning(users.c.id)
        if self._connection.execute(added).one_or_none() is None:
            raise EmailTaken("somebody has this name")

    def promote(self, user_id: UserId) -> None:
        own = update(users).where(users.c.id == user_id).values(is_administrator=True)
        if self._connection.execute(own).rowcount != 1:
            raise UserNotFound("nobody has this id")

    def all(self, *, after: str = "", limit: int) -> Sequence[User]:
        # By bytes, as everywhere else: a database's own order depends on where it was made.
        name = users.c.name.collate("BINARY" if self._is_sqlite else "C")
        query = select(users).where(name > after).order_by(name).limit(limit)
        return [_user(row) for row in self._connection.execute(query)]

    def get(self, user_id: UserId) -> User:
        return _user(self._connection.execute(_WITH_ID, {"user_id": user_id}).one_or_none())

    def lock(self, user_id: UserId) -> None:
        # Rows that refer to the user are still added by others meanwhile. SQLite has one writer.
        own = select(users.c.id).where(users.c.id == user_id).with_for_update(key_share=True)
        if self._connection.execute(own).one_or_none() is None:
            raise UserNotFound("nobody has this id")

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


def _user(row: Row[Any] | None) -> User:
    if row is None:
        raise UserNotFound("nobody has this id or name")
    return User(
        id=UserId(row.id),
        name=row.name,
        created_at=row.created_at,
        is_administrator=row.is_administrator,
    )
