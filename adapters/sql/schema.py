"""The database's schema, brought up to date by the migrations that are installed with us."""

from importlib import import_module
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, inspect, text

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
    A migration is one transaction with its version: it is there whole or not at all. A database
    that has the newest schema already, as nearly always, costs a look: alembic is not loaded.
    """
    engine = connect(database_url)
    try:
        with engine.connect() as connection:
            if _versions(connection) == [newest()]:
                return
        with engine.begin() as connection:
            _wait_for_turn(connection)
            import_module("alembic.command").upgrade(configuration(connection), "head")
    finally:
        engine.dispose()


def newest() -> str:
    """The version of the newest installed migration; a migration's file begins with its version."""
    folder = files("migrations") / "versions"
    return max(file.name.partition("_")[0] for file in folder.iterdir() if file.name[0].isdigit())


def configuration(connection: Connection) -> Any:
    """Alembic's `Config` for the installed migrations over an open connection."""
    config = import_module("alembic.config").Config()
    # Alembic reads % as the start of a placeholder; a folder's name may hold one.
    config.set_main_option("script_location", str(files("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _versions(connection: Connection) -> list[str]:
    """What alembic wrote of this database; nothing when no migration ever ran."""
    if not inspect(connection).has_table("alembic_version"):
        return []
    return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:number)")
        connection.execute(lock, {"number": _MIGRATION_LOCK})
