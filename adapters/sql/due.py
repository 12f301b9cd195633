"""What of the ledger is over: found and locked without waiting for anybody (PostgreSQL).

Another unit of work that is at a run or an account keeps it: what is over there is found the next
time. So an expiry never waits, and nothing it has found can be leased, settled or held before it
ends. SQLite has no locks of rows, and needs none: it has one writer at a time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Select, select

from adapters.sql import tables as run_tables
from adapters.sql.ledger_tables import accounts, grants, holds
from domain.ledger import GrantId, HoldId, HoldState, UserId
from domain.run import RunStatus

DUE_MAX = 1000
"""So many at a time: an expiry holds its locks for a moment, and is called again soon."""


def due_grants(connection: Connection, now: datetime) -> Mapping[UserId, Sequence[GrantId]]:
    """Grants that have expired with something available left, their users' accounts locked."""
    due: dict[UserId, list[GrantId]] = {}
    for user_id, grant_id in _locked(connection, _over_grants(now), grants.c.user_id):
        due.setdefault(UserId(user_id), []).append(GrantId(grant_id))
    return due


def due_holds(connection: Connection, now: datetime) -> Mapping[UserId, Sequence[HoldId]]:
    """Open holds past their time whose run is neither queued nor leased, all of it locked."""
    runs = run_tables.runs.c.id
    found = connection.execute(_over_holds(now)).all()
    run_ids = {row.run_id for row in found}
    lock = select(runs).where(runs.in_(run_ids)).order_by(runs)
    mine = set(connection.execute(lock.with_for_update(skip_locked=True)).scalars())
    erased = run_ids - set(connection.execute(select(runs).where(runs.in_(run_ids))).scalars())
    query = _over_holds(now).where(holds.c.run_id.in_(mine | erased))
    due: dict[UserId, list[HoldId]] = {}
    for user_id, hold_id, *_ in _locked(connection, query, holds.c.user_id):
        due.setdefault(UserId(user_id), []).append(HoldId(hold_id))
    return due


def _over_grants(now: datetime) -> Select[Any]:
    over = (grants.c.expires_at <= now) & (grants.c.available_kopecks > 0)
    query = select(grants.c.user_id, grants.c.id).where(over)
    return query.order_by(grants.c.expires_at, grants.c.id).limit(DUE_MAX)


def _over_holds(now: datetime) -> Select[Any]:
    runs, leases = run_tables.runs, run_tables.leases
    queued = select(runs.c.id).where(
        runs.c.id == holds.c.run_id, runs.c.status == str(RunStatus.QUEUED)
    )
    leased = select(leases.c.run_id).where(
        leases.c.run_id == holds.c.run_id, leases.c.expires_at > now
    )
    return (
        select(holds.c.user_id, holds.c.id, holds.c.run_id)
        .where(holds.c.state == str(HoldState.OPEN), holds.c.expires_at <= now)
        .where(~queued.exists(), ~leased.exists())
        .order_by(holds.c.expires_at, holds.c.id)
        .limit(DUE_MAX)
    )


def _locked(connection: Connection, query: Select[Any], owner: Column[UUID]) -> Sequence[Any]:
    """The rows of `query`, read under the locks of their users' accounts, where not locked yet."""
    found = {row.user_id for row in connection.execute(query)}
    lock = select(accounts.c.user_id).where(accounts.c.user_id.in_(found))
    lock = lock.order_by(accounts.c.user_id).with_for_update(skip_locked=True)
    mine = connection.execute(lock).scalars().all()
    return connection.execute(query.where(owner.in_(mine))).all()
