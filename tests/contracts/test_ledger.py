"""Every keeper of the ledger against the one suite."""

import pytest

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from tests.contracts.ledger import LedgerContract
from tests.contracts.ledger_acts import LedgerUnits


class TestMemoryLedger(LedgerContract):
    @pytest.fixture
    def units(self) -> LedgerUnits:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)
