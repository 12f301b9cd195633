"""Runs the migrations: over a connection that is handed in, else by the URL in the environment."""

import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from adapters.sql.engine import connect
from adapters.sql.schema import metadata
from adapters.sql.tables import UtcDateTime


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        # SQLite cannot alter most of a table in place.
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
        render_item=_without_our_types,
    )
    with context.begin_transaction():
        context.run_migrations()


def _without_our_types(kind: str, item: object, _: object) -> str | Literal[False]:
    """A revision is history: what it says must not change when our own code does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    migrate(handed_in)
else:
    with connect(os.environ["TRENDFLOW_DATABASE_URL"]).begin() as opened:
        migrate(opened)
