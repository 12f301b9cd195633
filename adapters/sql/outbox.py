"""The outbox in SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql import ledger_tables as tables
from domain.identity import RunId


class SqlOutbox:
    """Runs in the order of their arrival (port `Outbox`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run_id: RunId) -> None:
        made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        row = made.insert(tables.outbox).values(run_id=run_id)
        self._connection.execute(row.on_conflict_do_nothing())

    def waiting(self, *, limit: int) -> Sequence[RunId]:
        columns = tables.outbox.c
        query = select(columns.run_id).order_by(columns.number).limit(limit)
        return [RunId(found) for found in self._connection.execute(query).scalars()]

    def take(self, run_id: RunId) -> None:
        self._connection.execute(delete(tables.outbox).where(tables.outbox.c.run_id == run_id))
