"""What every keeper of resource requirements must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.batch import Requirements
from tests.builders import NOON
from tests.contracts.cost_models import FITTED, SHIPPED

ROW = Requirements(memory_mib=300)
LARGE = Requirements(memory_mib=2000, gpu_memory_mib=700, cores=2)


class RequirementsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Callable[[], UnitOfWork]: ...

    def test_the_newest_requirements_of_each_component_are_the_current_ones(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        with units() as work:
            work.costs.add({"tempo": SHIPPED, "faces": SHIPPED}, valid_from=NOON)
            assert work.requirements.current() == {}
            work.requirements.add({"tempo": ROW, "faces": ROW}, valid_from=NOON)
            work.commit()
        with units() as work:
            work.requirements.add({"faces": LARGE}, valid_from=NOON)
            work.requirements.add({}, valid_from=NOON)
            work.commit()
        with units() as work:
            assert work.requirements.current() == {"tempo": ROW, "faces": LARGE}

    def test_requirements_and_cost_models_leave_each_other_alone(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        with units() as work:
            work.costs.add({"faces": FITTED}, valid_from=NOON)
            work.requirements.add({"faces": LARGE}, valid_from=NOON)
            assert work.costs.current() == {"faces": FITTED}
            work.costs.add({"faces": SHIPPED}, valid_from=NOON)
            work.commit()
        with units() as work:
            assert work.requirements.current() == {"faces": LARGE}
            assert work.costs.current() == {"faces": SHIPPED}

    def test_what_nobody_has_measured_has_no_requirements(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        with units() as work, pytest.raises(KeyError):
            work.requirements.add({"faces": ROW}, valid_from=NOON)
