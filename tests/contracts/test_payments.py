"""Every keeper of payments against the one suite."""

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.contracts.ledger_acts import LedgerUnits
from tests.contracts.payments import PaymentsContract


class TestMemoryPayments(PaymentsContract):
    @pytest.fixture
    def units(self) -> LedgerUnits:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqlitePayments(PaymentsContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> LedgerUnits:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresPayments(PaymentsContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> LedgerUnits:
        return lambda: SqlUnitOfWork(postgres_engine)
