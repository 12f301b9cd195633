"""Passwords and sessions in SQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql.identity_tables import credentials, sessions
from domain.ledger import UserId
from domain.session import Session, SessionId

# Asked with every request: to put a statement together takes longer than to have it answered.
_WITH_TOKEN = select(sessions).where(sessions.c.token_sha256 == bindparam("token_sha256"))


class SqlCredentials:
    """Hashes as rows (port `Credentials`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set(self, user_id: UserId, password_hash: str) -> None:
        made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        new = {"password_hash": password_hash}
        self._connection.execute(
            made.insert(credentials)
            .values(user_id=user_id, **new)
            .on_conflict_do_update(index_elements=["user_id"], set_=new)
        )

    def of(self, user_id: UserId) -> str | None:
        query = select(credentials.c.password_hash).where(credentials.c.user_id == user_id)
        return self._connection.execute(query).scalar_one_or_none()


class SqlSessions:
    """Sessions as rows (port `Sessions`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, session: Session) -> None:
        self._connection.execute(
            insert(sessions).values(
                id=session.id,
                user_id=session.user_id,
                token_sha256=session.token_sha256,
                created_at=session.created_at,
                used_at=session.used_at,
                expires_at=session.expires_at,
            )
        )

    def with_token(self, token_sha256: str) -> Session | None:
        row = self._connection.execute(_WITH_TOKEN, {"token_sha256": token_sha256}).one_or_none()
        if row is None:
            return None
        return Session(
            id=SessionId(row.id),
            user_id=UserId(row.user_id),
            token_sha256=row.token_sha256,
            created_at=row.created_at,
            used_at=row.used_at,
            expires_at=row.expires_at,
        )

    def save(self, session: Session) -> None:
        self._connection.execute(
            update(sessions)
            .where(sessions.c.id == session.id)
            .values(used_at=session.used_at, expires_at=session.expires_at)
        )

    def remove(self, session_id: SessionId) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.id == session_id))

    def remove_of(self, user_id: UserId) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.user_id == user_id))

    def expire(self, by: datetime) -> int:
        return self._connection.execute(
            delete(sessions).where(sessions.c.expires_at <= by)
        ).rowcount
