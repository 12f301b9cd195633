"""Runs in SQL, each changed by whoever holds its lease."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql import rows, tables
from adapters.sql.ledger_tables import outbox
from domain.artifact import Artifact
from domain.errors import LeaseLost, RunNotFound
from domain.events import RunEvent
from domain.identity import RunId
from domain.lease import Lease
from domain.ledger import UserId
from domain.manifest import Preprocessing
from domain.run import Run, RunStatus

UNENDED = (str(RunStatus.QUEUED), str(RunStatus.RUNNING))


class SqlRuns:
    """Runs in SQL. A run's row is locked when it is read: one unit of work at a time on a run."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run: Run) -> None:
        video = {
            "platform_id": str(run.identity.platform_id),
            "video_id": run.identity.video_id,
            "first_seen_at": run.created_at,
        }
        self._connection.execute(self._upsert(tables.videos, video, replace=()))
        self._connection.execute(insert(tables.runs).values(rows.to_run_row(run)))
        self._add_components(run)
        self._add_events(run)

    def get(self, run_id: RunId) -> Run:
        query = select(tables.runs).where(tables.runs.c.id == run_id).with_for_update()
        runs = loaded(self._connection, query)
        if not runs:
            raise RunNotFound(f"no run {run_id}", run_id=str(run_id))
        return runs[0]

    def save(self, run: Run, *, fence: int) -> None:
        self._check_fence(run.id, fence)
        change = update(tables.runs).where(tables.runs.c.id == run.id)
        self._connection.execute(change.values(rows.to_state(run)))
        self._add_components(run)
        self._add_events(run)

    def newest(self, *, limit: int, status: RunStatus | None = None) -> Sequence[Run]:
        columns = tables.runs.c
        query = select(tables.runs).order_by(columns.created_at.desc(), columns.id.desc())
        if status is not None:
            query = query.where(columns.status == str(status))
        return loaded(self._connection, query.limit(limit))

    def started(self, user_id: UserId, *, since: datetime) -> Sequence[datetime]:
        columns = tables.runs.c
        query = (
            select(columns.created_at)
            .where(columns.user_id == user_id, columns.created_at > since)
            .order_by(columns.created_at)
        )
        return list(self._connection.execute(query).scalars())

    def events(self, run_id: RunId, *, after: int = 0) -> Sequence[tuple[int, RunEvent]]:
        columns = tables.run_events.c
        query = (
            select(tables.run_events)
            .where(columns.run_id == run_id, columns.sequence > after)
            .order_by(columns.sequence)
        )
        found = self._connection.execute(query).mappings()
        return [(row["sequence"], rows.to_event(row)) for row in found]

    def add_artifact(self, run_id: RunId, artifact: Artifact, *, fence: int) -> None:
        self._check_fence(run_id, fence)
        values = {
            "run_id": run_id,
            "component": artifact.component,
            "path": artifact.path,
            "size_bytes": artifact.size_bytes,
            "sha256": artifact.sha256,
            "schema_version": artifact.schema_version,
            "producer_version": artifact.producer_version,
        }
        replace = tuple(name for name in values if name not in {"run_id", "component"})
        self._connection.execute(self._upsert(tables.artifacts, values, replace=replace))

    def artifacts(self, run_id: RunId) -> dict[str, Artifact]:
        columns = [column for column in tables.artifacts.c if column.name != "run_id"]
        query = select(*columns).where(tables.artifacts.c.run_id == run_id)
        found = self._connection.execute(query.order_by(tables.artifacts.c.component)).mappings()
        return {row["component"]: Artifact(**row) for row in found}

    def forget_component(self, run_id: RunId, name: str, *, fence: int) -> None:
        self._check_fence(run_id, fence)
        ended, stored = tables.run_components, tables.artifacts
        mine = (ended.c.run_id == run_id) & (ended.c.name == name)
        self._connection.execute(delete(ended).where(mine))
        mine = (stored.c.run_id == run_id) & (stored.c.component == name)
        self._connection.execute(delete(stored).where(mine))

    def set_preprocessing(self, run_id: RunId, done: Preprocessing, *, fence: int) -> None:
        self._check_fence(run_id, fence)
        stored = rows.from_preprocessing(done)
        runs, videos = tables.runs.c, tables.videos.c
        change = update(tables.runs).where(runs.id == run_id).values(preprocessing=stored)
        key = self._connection.execute(change.returning(runs.platform_id, runs.video_id)).one()
        duration_s = done.source.get("duration_s")
        if isinstance(duration_s, int | float):
            video = (videos.platform_id == key.platform_id) & (videos.video_id == key.video_id)
            seen = update(tables.videos).where(video).values(duration_s=float(duration_s))
            self._connection.execute(seen)

    def preprocessing(self, run_id: RunId) -> Preprocessing | None:
        query = select(tables.runs.c.preprocessing).where(tables.runs.c.id == run_id)
        stored = self._connection.execute(query).scalar_one_or_none()
        return None if stored is None else rows.to_preprocessing(stored)

    def unattended(self, *, limit: int) -> Sequence[tuple[RunId, Lease | None]]:
        runs, leases = tables.runs, tables.leases
        waits = select(outbox.c.run_id).where(outbox.c.run_id == runs.c.id)
        query = (
            select(runs.c.id, *(column for column in leases.c if column.name != "run_id"))
            .outerjoin_from(runs, leases, leases.c.run_id == runs.c.id)
            .where(runs.c.status.in_(UNENDED), ~waits.exists())
            .order_by(runs.c.created_at)
        )
        found = self._connection.execute(query.limit(limit)).mappings()
        return [(RunId(row["id"]), _lease(row)) for row in found]

    def request_cancel(self, run_id: RunId, *, at: datetime) -> None:
        columns = tables.runs.c
        first = func.coalesce(columns.cancel_requested_at, at)
        change = update(tables.runs).where(columns.id == run_id)
        if self._connection.execute(change.values(cancel_requested_at=first)).rowcount != 1:
            raise RunNotFound(f"no run {run_id}", run_id=str(run_id))

    def cancel_requested(self, run_id: RunId) -> bool:
        columns = tables.runs.c
        query = select(columns.cancel_requested_at).where(columns.id == run_id)
        return self._connection.execute(query).scalar_one_or_none() is not None

    def _check_fence(self, run_id: RunId, fence: int) -> None:
        """Locks the run, so that its lease cannot change hands before this unit has ended."""
        lock_run(self._connection, run_id)
        query = select(tables.leases.c.fence).where(tables.leases.c.run_id == run_id)
        current = self._connection.execute(query).scalar_one_or_none()
        if current is not None and current != fence:
            raise LeaseLost("another worker took this run over", run_id=str(run_id))

    def _add_components(self, run: Run) -> None:
        """How a component ended never changes, so only those not written yet are."""
        columns = tables.run_components.c
        query = select(columns.name).where(columns.run_id == run.id)
        written = set(self._connection.execute(query).scalars())
        new = [ended for name, ended in run.components.items() if name not in written]
        if new:
            values = [rows.to_component_row(run.id, ended) for ended in new]
            self._connection.execute(insert(tables.run_components), values)

    def _add_events(self, run: Run) -> None:
        """Numbers events from where the run stands; its row is locked, so no number is twice."""
        columns = tables.run_events.c
        query = select(func.coalesce(func.max(columns.sequence), 0)).where(columns.run_id == run.id)
        last = self._connection.execute(query).scalar_one()
        numbered = enumerate(run.events, start=last + 1)
        values = [rows.to_event_row(event, sequence=number) for number, event in numbered]
        if values:
            self._connection.execute(insert(tables.run_events), values)
        run.events.clear()

    def _upsert(self, table: Any, values: dict[str, Any], *, replace: tuple[str, ...]) -> Any:
        """Inserts a row; where its key is taken, replaces the columns named, or leaves it."""
        made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        statement = made.insert(table).values(values)
        if not replace:
            return statement.on_conflict_do_nothing()
        changed = {name: values[name] for name in replace}
        return statement.on_conflict_do_update(index_elements=table.primary_key, set_=changed)


def loaded(connection: Connection, query: Select[Any]) -> list[Run]:
    """The runs of a query over the whole table's columns, with how their components ended."""
    found = connection.execute(query).mappings().all()
    components: dict[RunId, list[rows.Row]] = {row["id"]: [] for row in found}
    columns = tables.run_components.c
    ended = select(tables.run_components).where(columns.run_id.in_(components))
    for row in connection.execute(ended.order_by(columns.name)).mappings():
        components[row["run_id"]].append(row)
    return [rows.to_run(row, components[row["id"]]) for row in found]


def lock_run(connection: Connection, run_id: RunId) -> None:
    """Everything that changes a run, its lease too, locks the run's row first: no deadlocks."""
    query = select(tables.runs.c.id).where(tables.runs.c.id == run_id).with_for_update()
    if connection.execute(query).one_or_none() is None:
        raise RunNotFound(f"no run {run_id}", run_id=str(run_id))


def _lease(row: rows.Row) -> Lease | None:
    if row["owner"] is None:
        return None
    return Lease(row["id"], row["owner"], row["fence"], row["expires_at"], row["tries"])
