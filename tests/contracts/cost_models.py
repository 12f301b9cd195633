"""What every keeper of cost models must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.calibration import CostSource, KnownCost
from domain.effort import CostModel
from tests.builders import NOON

SHIPPED = KnownCost(CostModel(0.1, 0.2), CostSource.SHIPPED)
FITTED = KnownCost(CostModel(0.1 + 0.2, 1e-9, 1.7, 0.3, 0.7), CostSource.RUNS)


class CostModelsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Callable[[], UnitOfWork]: ...

    def test_the_newest_model_of_each_component_is_the_current_one(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        with units() as work:
            assert work.costs.current() == {}
            work.costs.add({"tempo": SHIPPED, "motion": SHIPPED}, valid_from=NOON)
            work.commit()
        with units() as work:
            work.costs.lock()
            work.costs.add({"tempo": FITTED}, valid_from=NOON)
            work.commit()
        with units() as work:
            assert work.costs.current() == {"tempo": FITTED, "motion": SHIPPED}

    def test_a_model_that_was_not_committed_was_none(self, units: Callable[[], UnitOfWork]) -> None:
        with units() as work:
            work.costs.add({"tempo": SHIPPED}, valid_from=NOON)
        with units() as work:
            assert work.costs.current() == {}
