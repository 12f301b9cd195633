"""Every outbox against the one suite."""

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.contracts.ledger_acts import LedgerUnits
from tests.contracts.outbox import OutboxContract


class TestMemoryOutbox(OutboxContract):
    @pytest.fixture
    def units(self) -> LedgerUnits:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqliteOutbox(OutboxContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> LedgerUnits:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresOutbox(OutboxContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> LedgerUnits:
        return lambda: SqlUnitOfWork(postgres_engine)
