"""Every history of runs against the one suite."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from tests.contracts.kept_results import KeptResultsContract
from tests.contracts.run_history import RunHistoryContract


class TestMemoryRunHistory(RunHistoryContract, KeptResultsContract):
    @pytest.fixture
    def units(self) -> Callable[[], UnitOfWork]:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqliteRunHistory(RunHistoryContract, KeptResultsContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> Callable[[], UnitOfWork]:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresRunHistory(RunHistoryContract, KeptResultsContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> Callable[[], UnitOfWork]:
        return lambda: SqlUnitOfWork(postgres_engine)
