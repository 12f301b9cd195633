"""Every keeper of users against the one suite."""

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.contracts.users import Units, UsersContract


class TestMemoryUsers(UsersContract):
    @pytest.fixture
    def units(self) -> Units:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqliteUsers(UsersContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> Units:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresUsers(UsersContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> Units:
        return lambda: SqlUnitOfWork(postgres_engine)
