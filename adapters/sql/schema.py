"""The database's schema, brought up to date by the migrations that are installed with us."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from adapters.sql import (
    identity_tables,
    ledger_tables,
    payment_tables,
    price_tables,
    tables,
    video_tables,
    webhook_tables,
)
from adapters.sql.engine import connect

# Whoever compares the database with `metadata` wants every module of tables to have been loaded.
TABLES = (
    tables,
    price_tables,
    ledger_tables,
    payment_tables,
    identity_tables,
    video_tables,
    webhook_tables,
)
metadata = tables.metadata

# Any number of our own: whoever holds it is the one who migrates.
_MIGRATION_LOCK = 7_263_018_116


def upgrade(database_url: str) -> None:
    """Brings a database, empty or of an earlier version, to the newest schema.

    Safe to call from several processes at once: one migrates, the others wait and find it done.
    A migration is one transaction with its version: it is there whole or not at all.
    """
    engine = connect(database_url)
    try:
        with engine.begin() as connection:
            _wait_for_turn(connection)
            command.upgrade(configuration(connection), "head")
    finally:
        engine.dispose()


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for the installed migrations over an open connection."""
    config = Config()
    # Alembic reads % as the start of a placeholder; a folder's name may hold one.
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:number)")
        connection.execute(lock, {"number": _MIGRATION_LOCK})
