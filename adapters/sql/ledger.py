"""The ledger over a connection: of SQLite or of PostgreSQL, each by the adapter of its own."""

from sqlalchemy import Connection

from adapters.sql.books import SqlBooks
from adapters.sql.outbox import SqlOutbox
from adapters.sql.postgres_ledger import PostgresLedger
from application.booking import BookedLedger


def ledger_over(connection: Connection) -> BookedLedger:
    """The ledger of one unit of work."""
    if connection.dialect.name == "sqlite":
        return BookedLedger(SqlBooks(connection), SqlOutbox(connection))
    return PostgresLedger(connection)
