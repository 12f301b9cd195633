"""What has happened is only added to: the database itself refuses anything else."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import (
    Connection,
    Executable,
    Table,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from adapters.sql import price_tables, tables
from adapters.sql.engine import connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_run

PRICE: Mapping[str, Any] = {
    "component": "tempo",
    "version": 1,
    "valid_from": NOON,
    "base": "0.10",
    "cpu_rate": "0.001",
    "gpu_rate": "0",
    "resolution_factors": [],
    "duration_factors": [],
    "markup_percent": "20",
    "reused_price": "0",
}


def planted(connection: Connection, table: Table) -> None:
    """A row of each table, whatever it takes."""
    if table is price_tables.component_pricing:
        connection.execute(insert(table).values(PRICE))
        return
    run_id = connection.execute(select(tables.runs.c.id)).scalar_one()
    event = {"run_id": run_id, "sequence": 100, "at": NOON, "kind": "run_moved", "content": {}}
    connection.execute(insert(table).values(event))


CHANGES: Mapping[Table, tuple[str, datetime | str]] = {
    price_tables.component_pricing: ("base", "0.00"),
    tables.run_events: ("kind", "stage_entered"),
}

# What tells nothing to triggers of removal.
AROUND = {
    "postgresql": "TRUNCATE {table}",
    "sqlite": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
}


@pytest.mark.parametrize("act", ["update", "delete", "around"])
@pytest.mark.parametrize("table", CHANGES, ids=str)
def test_a_row_is_never_changed_and_never_removed(
    database_url: str, table: Table, act: str
) -> None:
    """R-605, after all migrations; who is refused has changed nothing."""
    upgrade(database_url)
    engine = connect(database_url)
    with SqlUnitOfWork(engine) as work:
        work.runs.add(a_run(run_id=uuid4()))
        work.commit()
    with engine.begin() as connection:
        planted(connection, table)
    column, value = CHANGES[table]
    changes: Mapping[str, Executable] = {
        "update": update(table).values({column: value}),
        "delete": delete(table),
        "around": text(AROUND[engine.dialect.name].format(table=table)),
    }
    with engine.begin() as connection:
        count = select(func.count()).select_from(table).where(table.c[column] != value)
        before = connection.execute(count).scalar_one()
    with pytest.raises(IntegrityError, match="is only added to"), engine.begin() as connection:
        connection.execute(changes[act])
    with engine.begin() as connection:
        assert connection.execute(count).scalar_one() == before > 0
    engine.dispose()
