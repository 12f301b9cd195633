"""Every keeper of prices, cost models, times and estimates against its one suite."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from adapters.memory.database import MemoryDatabase
from adapters.memory.unit_of_work import MemoryUnitOfWork
from adapters.sql.unit_of_work import SqlUnitOfWork
from application.ports.unit_of_work import UnitOfWork
from tests.contracts.cost_models import CostModelsContract
from tests.contracts.estimates import EstimatesContract
from tests.contracts.price_lists import PriceListsContract
from tests.contracts.requirements import RequirementsContract
from tests.contracts.timings import TimingsContract


class TestMemoryPrices(
    PriceListsContract, CostModelsContract, RequirementsContract, TimingsContract, EstimatesContract
):
    @pytest.fixture
    def units(self) -> Callable[[], UnitOfWork]:
        database = MemoryDatabase()
        return lambda: MemoryUnitOfWork(database)


class TestSqlitePrices(
    PriceListsContract, CostModelsContract, RequirementsContract, TimingsContract, EstimatesContract
):
    @pytest.fixture
    def units(self, sqlite_engine: Engine) -> Callable[[], UnitOfWork]:
        return lambda: SqlUnitOfWork(sqlite_engine)


class TestPostgresPrices(
    PriceListsContract, CostModelsContract, RequirementsContract, TimingsContract, EstimatesContract
):
    @pytest.fixture
    def units(self, postgres_engine: Engine) -> Callable[[], UnitOfWork]:
        return lambda: SqlUnitOfWork(postgres_engine)
