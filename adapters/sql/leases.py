"""Leases in SQL: one row a run, for ever, so that its fence never falls."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select, update

from adapters.sql import tables
from adapters.sql.runs import lock_run
from domain import lease as rules
from domain.errors import LeaseLost
from domain.identity import RunId
from domain.lease import Lease


class SqlLeases:
    """Leases in SQL. Whoever takes, renews or releases holds the run's row until the commit."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(
        self, run_id: RunId, *, owner: str, now: datetime, owner_is_dead: bool = False
    ) -> Lease:
        lock_run(self._connection, run_id)
        current = self._read(run_id, locked=True)
        lease = rules.take(
            current, run_id=run_id, owner=owner, now=now, owner_is_dead=owner_is_dead
        )
        values = _values(lease)
        if current is None:
            self._connection.execute(insert(tables.leases).values(run_id=run_id, **values))
        else:
            change = update(tables.leases).where(tables.leases.c.run_id == run_id)
            self._connection.execute(change.values(values))
        return lease

    def renew(self, lease: Lease, *, now: datetime) -> Lease:
        lock_run(self._connection, lease.run_id)
        renewed = lease.renewed(now=now)
        change = update(tables.leases).where(_held(lease)).values(expires_at=renewed.expires_at)
        if self._connection.execute(change).rowcount != 1:
            raise LeaseLost("another worker took this run over", run_id=str(lease.run_id))
        return renewed

    def release(self, lease: Lease, *, now: datetime, counts: bool = True) -> None:
        lock_run(self._connection, lease.run_id)
        released = lease.released(now=now, counts=counts)
        change = update(tables.leases).where(_held(lease)).values(_values(released))
        self._connection.execute(change)

    def current(self, run_id: RunId) -> Lease | None:
        return self._read(run_id, locked=False)

    def _read(self, run_id: RunId, *, locked: bool) -> Lease | None:
        query = select(tables.leases).where(tables.leases.c.run_id == run_id)
        found = self._connection.execute(query.with_for_update() if locked else query)
        row = found.mappings().one_or_none()
        return None if row is None else Lease(**row)


def _values(lease: Lease) -> dict[str, Any]:
    values = asdict(lease)
    del values["run_id"]
    return values


def _held(lease: Lease) -> ColumnElement[bool]:
    columns = tables.leases.c
    return (
        (columns.run_id == lease.run_id)
        & (columns.fence == lease.fence)
        & (columns.owner == lease.owner)
    )
