"""Attempts to sign in, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, text

from adapters.sql.identity_tables import sign_in_attempts

_columns = sign_in_attempts.c


class SqlSignInAttempts:
    """Attempts as rows (port `SignInAttempts`).

    SQLite has one unit of work at a time. In PostgreSQL a lock by the digest makes those of one
    address wait for each other: there may be no row yet to lock.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def since(self, email_sha256: str, moment: datetime) -> Sequence[datetime]:
        if self._connection.dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(:number)")
            number = int.from_bytes(bytes.fromhex(email_sha256)[:8], "big", signed=True)
            self._connection.execute(lock, {"number": number})
        query = select(_columns.at).where(
            _columns.email_sha256 == email_sha256, _columns.at > moment
        )
        return self._connection.execute(query.order_by(_columns.at)).scalars().all()

    def add(self, email_sha256: str, at: datetime) -> None:
        row = {"id": uuid4(), "email_sha256": email_sha256, "at": at}
        self._connection.execute(insert(sign_in_attempts).values(row))

    def forget(self, email_sha256: str) -> None:
        own = delete(sign_in_attempts).where(_columns.email_sha256 == email_sha256)
        self._connection.execute(own)

    def expire(self, by: datetime) -> int:
        return self._connection.execute(delete(sign_in_attempts).where(_columns.at <= by)).rowcount
