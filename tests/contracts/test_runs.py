"""Every keeper of runs against the one suite."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from tests.contracts.run_records import RunRecordsContract
from tests.contracts.runs import RunsContract


class TestMemoryRuns(RunsContract, RunRecordsContract):
    @pytest.fixture
    def units(self) -> Callable[[], UnitOfWork]:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqliteRuns(RunsContract, RunRecordsContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> Callable[[], UnitOfWork]:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresRuns(RunsContract, RunRecordsContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> Callable[[], UnitOfWork]:
        return lambda: SqlUnitOfWork(postgres_engine)
