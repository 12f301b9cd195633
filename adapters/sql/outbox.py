"""The outbox in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql import ledger_tables as tables
from application.ports.outbox import Waiting
from domain.identity import RunId


class SqlOutbox:
    """Runs in the order of their arrival (port `Outbox`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run_id: RunId, *, ready_at: datetime | None = None) -> None:
        made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        row = made.insert(tables.outbox).values(run_id=run_id, ready_at=ready_at)
        self._connection.execute(row.on_conflict_do_nothing())

    def waiting(self, *, limit: int) -> Sequence[RunId]:
        return self._first(true(), limit)

    def ready(self, *, now: datetime, limit: int) -> Sequence[RunId]:
        return self._first(_ready(now), limit)

    def unpublished(self, *, now: datetime, before: datetime, limit: int) -> Sequence[Waiting]:
        columns = tables.outbox.c
        is_due = columns.published_at.is_(None) | (columns.published_at < before)
        query = select(columns.number, columns.run_id).where(_ready(now), is_due)
        found = self._connection.execute(query.order_by(columns.number).limit(limit))
        return [Waiting(row.number, RunId(row.run_id)) for row in found]

    def published(self, *, now: datetime, before: datetime, limit: int) -> Sequence[RunId]:
        return self._first(_ready(now) & (tables.outbox.c.published_at < before), limit)

    def mark_published(self, numbers: Sequence[int], *, at: datetime) -> None:
        change = update(tables.outbox).where(tables.outbox.c.number.in_(numbers))
        self._connection.execute(change.values(published_at=at))

    def take(self, run_id: RunId) -> None:
        self._connection.execute(delete(tables.outbox).where(tables.outbox.c.run_id == run_id))

    def _first(self, chosen: ColumnElement[bool], limit: int) -> Sequence[RunId]:
        columns = tables.outbox.c
        query = select(columns.run_id).where(chosen).order_by(columns.number).limit(limit)
        return [RunId(found) for found in self._connection.execute(query).scalars()]


def _ready(now: datetime) -> ColumnElement[bool]:
    ready_at = tables.outbox.c.ready_at
    return ready_at.is_(None) | (ready_at <= now)
