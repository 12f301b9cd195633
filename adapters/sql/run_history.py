"""Users' runs in SQL, to be read."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, tuple_

from adapters.sql import tables
from adapters.sql.kept_results import kept_results
from adapters.sql.runs import UNENDED, loaded
from application.ports.run_history import Place
from domain.errors import RunNotFound
from domain.identity import RunId
from domain.kept_result import KeptResult
from domain.ledger import UserId
from domain.reuse import answers
from domain.run import Run, RunStatus
from domain.run_filter import RunFilter

CANDIDATES_MAX = 50
"""Runs of one video under one profile within some days that differ in what was said of it."""
AT_ONCE = 500
"""SQLite takes some thousand values in a statement, older versions 999."""


class SqlRunHistory:
    """Runs as rows of one transaction, none of them locked (port `RunHistory`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, user_id: UserId, run_id: RunId) -> Run:
        columns = tables.runs.c
        query = select(tables.runs).where(columns.id == run_id, columns.user_id == user_id)
        runs = loaded(self._connection, query)
        if not runs:
            raise RunNotFound(f"no run {run_id}", run_id=str(run_id))
        return runs[0]

    def page(
        self, user_id: UserId, *, chosen: RunFilter, after: Place | None, limit: int
    ) -> Sequence[Run]:
        columns = tables.runs.c
        query = _chosen(select(tables.runs).where(columns.user_id == user_id), chosen)
        if after is not None:
            place = tuple_(columns.created_at, columns.id)
            query = query.where(place < tuple_(after.created_at, after.run_id))
        newest_first = query.order_by(columns.created_at.desc(), columns.id.desc())
        return loaded(self._connection, newest_first.limit(limit))

    def fresh(self, asked: Run, *, since: datetime) -> Run | None:
        columns, identity = tables.runs.c, asked.identity
        query = select(tables.runs).where(
            columns.user_id == asked.user_id,
            columns.platform_id == str(identity.platform_id),
            columns.video_id == identity.video_id,
            columns.config_hash == identity.config_hash,
            columns.status == str(RunStatus.OK),
            columns.finished_at >= since,
        )
        newest_first = query.order_by(columns.finished_at.desc())
        found = loaded(self._connection, newest_first.limit(CANDIDATES_MAX))
        return next((run for run in found if answers(run, asked, since=since)), None)

    def kept_results(
        self, user_id: UserId, *, keys: Collection[str], since: datetime
    ) -> Sequence[KeptResult]:
        return kept_results(self._connection, user_id, keys=keys, since=since)

    def unended(self, run_ids: Collection[RunId]) -> Mapping[RunId, Run]:
        columns = tables.runs.c
        query = select(tables.runs).where(columns.id.in_(run_ids), columns.status.in_(UNENDED))
        return {run.id: run for run in loaded(self._connection, query)}

    def sequences(self, run_ids: Collection[RunId]) -> Mapping[RunId, int]:
        columns, asked = tables.run_events.c, list(run_ids)
        found: dict[RunId, int] = {}
        for start in range(0, len(asked), AT_ONCE):
            some = asked[start : start + AT_ONCE]
            newest = (
                select(columns.run_id, func.max(columns.sequence))
                .where(columns.run_id.in_(some))
                .group_by(columns.run_id)
            )
            for run_id, sequence in self._connection.execute(newest):
                found[RunId(run_id)] = sequence
        return found


def _chosen(query: Select[Any], chosen: RunFilter) -> Select[Any]:
    columns = tables.runs.c
    if chosen.statuses:
        query = query.where(columns.status.in_([str(status) for status in chosen.statuses]))
    if chosen.since is not None:
        query = query.where(columns.created_at >= chosen.since)
    if chosen.until is not None:
        query = query.where(columns.created_at < chosen.until)
    if chosen.folded:
        query = query.where(columns.title_folded.contains(chosen.folded, autoescape=True))
    return query
