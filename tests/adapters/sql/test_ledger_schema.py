"""What was booked is only added to, balances never fall below zero, and old runs have an owner."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from adapters.sql import ledger_tables, tables
from adapters.sql.engine import connect
from adapters.sql.schema import configuration, upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from domain.ledger import LOCAL_USER
from tests.builders import NOON, a_run
from tests.ledgers import a_take_hold, a_top_up

APPEND_ONLY = (ledger_tables.ledger_operations, ledger_tables.billing_ledger)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database after all migrations with a top-up and a hold of the local user."""
    upgrade(database_url)
    engine = connect(database_url)
    with SqlUnitOfWork(engine) as work:
        work.ledger.top_up(a_top_up(LOCAL_USER, 1000))
        work.ledger.hold(a_take_hold(LOCAL_USER))
        work.commit()
    yield engine
    engine.dispose()


def kept(connection: Connection) -> list[list[tuple[object, ...]]]:
    return [
        [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in APPEND_ONLY
    ]


@pytest.mark.parametrize(
    "tried",
    [
        "UPDATE billing_ledger SET kopecks = 0",
        "UPDATE billing_ledger SET number = number + 100",
        "DELETE FROM billing_ledger",
        "UPDATE ledger_operations SET note = 'other'",
        "DELETE FROM ledger_operations",
    ],
)
def test_what_was_booked_is_never_changed_and_never_removed(engine: Engine, tried: str) -> None:
    """R-605: the database itself refuses, after all migrations."""
    with engine.begin() as connection:
        before = kept(connection)
    with pytest.raises(IntegrityError, match="only added to"), engine.begin() as connection:
        connection.execute(text(tried))
    with engine.begin() as connection:
        assert kept(connection) == before
        assert all(before)


@pytest.mark.parametrize("table", APPEND_ONLY, ids=str)
def test_there_is_no_way_around_the_triggers_of_rows(engine: Engine, table: str) -> None:
    """R-605: PostgreSQL's TRUNCATE and SQLite's REPLACE tell nothing to triggers of removal."""
    ways = {
        "postgresql": f"TRUNCATE {table}",
        "sqlite": f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",  # noqa: S608 - ours
    }
    with engine.begin() as connection:
        before = kept(connection)
    with pytest.raises(IntegrityError, match="only added to"), engine.begin() as connection:
        connection.execute(text(ways[engine.dialect.name]))
    with engine.begin() as connection:
        assert kept(connection) == before


@pytest.mark.parametrize("column", ["available_kopecks", "held_kopecks"])
@pytest.mark.parametrize("table", [ledger_tables.accounts, ledger_tables.grants], ids=str)
def test_the_database_keeps_no_amount_below_zero(engine: Engine, table: str, column: str) -> None:
    """R-605: the second line behind the guard of every operation."""
    overdrawn = f"UPDATE {table} SET {column} = -1"  # noqa: S608 - a table of ours
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text(overdrawn))


def test_a_key_stands_for_one_operation_of_a_user_in_the_database_too(engine: Engine) -> None:
    operations = ledger_tables.ledger_operations
    with engine.begin() as connection:
        first = connection.execute(select(operations).limit(1)).mappings().one()
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(insert(operations).values({**first, "id": uuid4()}))


def test_a_sum_beyond_what_a_column_holds_is_refused_by_the_database(engine: Engine) -> None:
    """Hardening 38: behind the domain, which refuses such amounts long before."""
    accounts = ledger_tables.accounts
    more = update(accounts).values(available_kopecks=accounts.c.available_kopecks + (2**63 - 1))
    with pytest.raises(DatabaseError), engine.begin() as connection:
        connection.execute(more)


def test_runs_from_before_there_were_users_belong_to_the_local_user(database_url: str) -> None:
    """Every row of a run that 0001 kept is there after all migrations."""
    run = a_run()
    engine = connect(database_url)
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        _insert_as_of_0001(connection, run.id)
    upgrade(database_url)
    upgrade(database_url)
    with engine.begin() as connection:
        runs = tables.runs.c
        row = connection.execute(select(runs.id, runs.user_id, runs.estimate_id)).one()
        assert row == (run.id, LOCAL_USER, None)
        events = select(func.count()).select_from(tables.run_events)
        assert connection.execute(events).scalar_one() == 1
    engine.dispose()


def test_every_installation_knows_its_local_user(database_url: str) -> None:
    upgrade(database_url)
    engine = connect(database_url)
    users = ledger_tables.users.c
    with engine.begin() as connection:
        query = select(users.id, users.name, users.is_administrator)
        assert connection.execute(query).all() == [(LOCAL_USER, "local", True)]
    engine.dispose()


def _insert_as_of_0001(connection: Connection, run_id: UUID) -> None:
    video = {"platform_id": "youtube", "video_id": "dQw4w9WgXcQ"}
    connection.execute(insert(tables.videos).values(**video, first_seen_at=NOON))
    texts = ("config_hash", "sampling_policy_version", "dataprocessor_version", "status")
    values = {
        **video,
        **dict.fromkeys(texts, "queued"),
        **{name: {} for name in ("profile", "source", "metadata")},
    }
    columns = [tables.runs.c[name] for name in ("id", "created_at", *values)]
    row = {"id": run_id, "created_at": NOON - timedelta(days=9), **values}
    query = insert(tables.runs).values({column: row[column.name] for column in columns})
    connection.execute(query)
    event = {"run_id": run_id, "sequence": 1, "at": NOON, "kind": "run_moved", "content": {}}
    connection.execute(insert(tables.run_events).values(event))
