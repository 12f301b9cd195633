"""Everybody who counts an installation against the one suite."""

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.contracts.figures import FiguresContract
from tests.contracts.ledger_acts import LedgerUnits


class TestMemoryFigures(FiguresContract):
    @pytest.fixture
    def units(self) -> LedgerUnits:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqliteFigures(FiguresContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> LedgerUnits:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresFigures(FiguresContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> LedgerUnits:
        return lambda: SqlUnitOfWork(postgres_engine)
