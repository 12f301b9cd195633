"""Databases at the newest schema: SQLite in a file of each test's own, one emptied PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, create_engine, text

from adapters.sql.engine import connect
from adapters.sql.schema import metadata, upgrade

# The local user belongs to the schema.
_EVERYTHING = ", ".join(sorted(set(metadata.tables) - {"users"}))


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sqlite") / "trendflow.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_engine(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Engine]:
    file = tmp_path / "trendflow.db"
    shutil.copy(migrated_sqlite, file)
    engine = connect(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: URL) -> Iterator[Engine]:
    name = f"contracts_{uuid4().hex}"
    server = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        url = postgres_server.set(database=name).render_as_string(hide_password=False)
        upgrade(url)
        engine = connect(url)
        yield engine
        engine.dispose()
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def postgres_engine(migrated_postgres: Engine) -> Engine:
    with migrated_postgres.begin() as connection:
        # What is only added to refuses this too; a superuser may tell its triggers to be still.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("DELETE FROM users WHERE name <> 'local'"))
        connection.execute(text(f"TRUNCATE {_EVERYTHING} CASCADE"))
    return migrated_postgres
