"""Every keeper of webhooks and their deliveries against the two suites."""

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from tests.builders import NOON
from tests.contracts.deliveries import DeliveriesContract, put
from tests.contracts.ledger_acts import LedgerUnits
from tests.contracts.webhooks import WebhooksContract, added
from tests.hooks import a_delivery, a_webhook


class TestMemoryWebhooks(WebhooksContract, DeliveriesContract):
    @pytest.fixture
    def units(self) -> LedgerUnits:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqliteWebhooks(WebhooksContract, DeliveriesContract):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> LedgerUnits:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresWebhooks(WebhooksContract, DeliveriesContract):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> LedgerUnits:
        return lambda: SqlUnitOfWork(postgres_engine)

    def test_what_another_unit_is_at_is_left_out(self, units: LedgerUnits) -> None:
        """The other keepers have one unit at a time; here two go on beside each other."""
        webhook = added(units, a_webhook())
        first, second = a_delivery(webhook), a_delivery(webhook)
        put(units, first, second)
        with units() as one, units() as other:
            [mine] = one.deliveries.due(NOON, limit=1, of_a_user=9)
            [theirs] = other.deliveries.due(NOON, limit=1, of_a_user=9)
            assert {mine.id, theirs.id} == {first.id, second.id}
