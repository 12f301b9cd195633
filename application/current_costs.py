"""The cost models in force, for whoever needs the time of a run and not its price."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.effort import CostModel


@dataclass(frozen=True, slots=True)
class CurrentCosts:
    """What estimates are made from, calibrated or shipped, as the port `Costs`."""

    unit_of_work: Callable[[], UnitOfWork]
    retrying: Retrying

    def models(self) -> Mapping[str, CostModel]:
        return self.retrying(self._read)

    def _read(self) -> Mapping[str, CostModel]:
        with self.unit_of_work() as work:
            return {name: known.model for name, known in work.costs.current().items()}
