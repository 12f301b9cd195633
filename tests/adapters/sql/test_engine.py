"""Connections are set up alike, and the database's failures come in our own words."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, StatementError

from adapters.sql import tables
from adapters.sql.engine import DatabaseUnavailable, connect
from adapters.sql.schema import upgrade
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.errors import ResourceExhausted
from domain.manifest import Preprocessing
from domain.video import Metadata
from tests.builders import NOON, a_run


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    upgrade(database_url)
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'trendflow.db'}"


def test_sqlite_keeps_every_commit_and_its_rules(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    full = 2
    assert settings == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_a_run_without_its_video_is_refused(engine: Engine) -> None:
    with engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(
            tables.leases.insert().values(run_id=a_run().id, owner="x", fence=1, expires_at=NOON)
        )


def test_a_video_is_one_row_however_often_it_is_analysed(engine: Engine) -> None:
    """R-702: `videos`, by platform and id, first seen with its first run."""
    later = datetime(2026, 5, 5, tzinfo=UTC)
    first, second = a_run(), a_run(created_at=later)
    with SqlUnitOfWork(engine) as work:
        work.runs.add(first)
        work.runs.add(second)
        done = Preprocessing(source={"duration_s": 12})
        work.runs.set_preprocessing(second.id, done, fence=0)
        work.runs.set_preprocessing(first.id, Preprocessing(), fence=0)
        work.commit()
    with engine.connect() as connection:
        (video,) = connection.execute(select(tables.videos)).all()
    assert video == ("youtube", first.identity.video_id, 12.0, NOON)
    assert video.first_seen_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_not_stored(engine: Engine) -> None:
    naive = NOON.replace(tzinfo=None)
    with (
        SqlUnitOfWork(engine) as work,
        pytest.raises(StatementError, match="without a zone"),
    ):
        work.runs.add(a_run(created_at=naive))


def test_a_value_without_a_json_spelling_is_not_stored(engine: Engine) -> None:
    run = a_run()
    with SqlUnitOfWork(engine) as work:
        work.runs.add(run)
        done = Preprocessing(source={"duration_s": float("nan")})
        with pytest.raises((StatementError, ValueError), match="JSON"):
            work.runs.set_preprocessing(run.id, done, fence=0)


def test_a_mistake_of_ours_stays_what_it_is(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises((ProgrammingError, OperationalError)):
        connection.execute(text("SELECT planted FROM runs"))


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        connect("mysql://localhost/x")


@pytest.mark.parametrize("spelled", ["postgresql", "postgresql+psycopg2", "postgresql+psycopg"])
def test_postgres_is_reached_by_the_one_driver(spelled: str) -> None:
    engine = connect(f"{spelled}://somebody@127.0.0.1/x")
    assert engine.url.drivername == "postgresql+psycopg"
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    ["sqlite:////nowhere/at/all.db", "postgresql://secret-name:secret@127.0.0.1:9/x"],
)
def test_a_database_that_does_not_answer_may_answer_later(url: str) -> None:
    engine = connect(url)
    with pytest.raises(DatabaseUnavailable) as told, SqlUnitOfWork(engine) as work:
        work.runs.newest(limit=1)
    assert told.value.retryable
    assert told.value.code == "database_unavailable"
    assert "secret" not in str(told.value)
    engine.dispose()


def test_a_database_busy_for_too_long_is_told(sqlite_url: str) -> None:
    upgrade(sqlite_url)
    engine = connect(sqlite_url, busy_timeout_s=0.05)
    other = sqlite3.connect(engine.url.database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with SqlUnitOfWork(engine) as work, pytest.raises(DatabaseUnavailable, match="SQLITE_BUSY"):
        work.runs.newest(limit=1)
    other.close()
    with SqlUnitOfWork(engine) as work:
        assert list(work.runs.newest(limit=1)) == []
    engine.dispose()


def test_a_full_disk_is_told_and_nothing_of_the_run_is_there(sqlite_url: str) -> None:
    upgrade(sqlite_url)
    engine = connect(sqlite_url)
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    large = a_run(metadata=Metadata(description="x" * 10_000_000))
    with SqlUnitOfWork(engine) as work, pytest.raises(ResourceExhausted, match="SQLITE_FULL"):
        work.runs.add(large)
    with SqlUnitOfWork(engine) as work:
        assert list(work.runs.newest(limit=1)) == []
    engine.dispose()


def test_postgres_ending_a_connection_is_told_and_the_next_one_works(postgres_url: str) -> None:
    upgrade(postgres_url)
    engine = connect(postgres_url)
    end = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(DatabaseUnavailable), engine.connect() as connection:
        connection.execute(end)
    with SqlUnitOfWork(engine) as work:
        assert list(work.runs.newest(limit=1)) == []
    engine.dispose()


def test_postgres_never_waits_for_ever(postgres_url: str) -> None:
    engine = connect(postgres_url)
    with engine.connect() as connection:
        limits = [
            connection.scalar(text(f"SHOW {name}"))
            for name in ("lock_timeout", "statement_timeout")
        ]
    engine.dispose()
    assert limits == ["30s", "1min"]
