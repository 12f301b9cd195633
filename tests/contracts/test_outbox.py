"""Every outbox against the one suite."""

import pytest

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from tests.contracts.ledger_acts import LedgerUnits
from tests.contracts.outbox import OutboxContract


class TestMemoryOutbox(OutboxContract):
    @pytest.fixture
    def units(self) -> LedgerUnits:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)
