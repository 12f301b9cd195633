"""Figures of an installation in SQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, distinct, func, select

from adapters.sql.tables import leases, run_components, runs
from adapters.sql.video_tables import uploads
from adapters.sql.webhook_tables import webhook_deliveries
from application.ports.figures import EndedComponent, EndedRun, Totals
from domain.identity import RunId
from domain.run import RunStatus


class SqlFigures:
    """Counts by the database (port `Figures`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def totals(self, now: datetime) -> Totals:
        by_status = self._counted(runs.c.status)
        owners = select(func.count(distinct(leases.c.owner))).where(leases.c.expires_at > now)
        return Totals(
            runs=by_status,
            queue_length=by_status.get(str(RunStatus.QUEUED), 0),
            workers=self._connection.execute(owners).scalar_one(),
            deliveries=self._counted(webhook_deliveries.c.state),
            uploads=self._counted(uploads.c.state),
        )

    def ended(self, *, since: datetime, limit: int) -> Sequence[EndedRun]:
        columns = runs.c
        query = (
            select(columns.id, columns.status, columns.failure, columns.created_at)
            .add_columns(columns.started_at, columns.finished_at)
            .where(columns.finished_at >= since)
            .order_by(columns.finished_at, columns.id)
            .limit(limit)
        )
        found = self._connection.execute(query).all()
        components = self._components([row.id for row in found])
        return [
            EndedRun(
                run_id=RunId(row.id),
                status=row.status,
                code=_code(row.failure),
                created_at=row.created_at,
                started_at=row.started_at,
                finished_at=row.finished_at,
                components=tuple(components.get(row.id, ())),
            )
            for row in found
        ]

    def _components(self, run_ids: Sequence[RunId]) -> Mapping[RunId, Sequence[EndedComponent]]:
        columns = run_components.c
        query = select(columns.run_id, columns.name, columns.status, columns.duration_ms)
        query = query.add_columns(columns.failure).where(columns.run_id.in_(run_ids))
        found: dict[RunId, list[EndedComponent]] = {}
        for row in self._connection.execute(query.order_by(columns.name)):
            ended = EndedComponent(row.name, row.status, row.duration_ms, _code(row.failure))
            found.setdefault(RunId(row.run_id), []).append(ended)
        return found

    def _counted(self, state: Column[str]) -> dict[str, int]:
        query = select(state, func.count()).group_by(state)
        return {row[0]: row[1] for row in self._connection.execute(query)}


def _code(failure: Any) -> str:
    return str(failure["code"]) if failure else ""
