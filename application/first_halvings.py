"""How small a component's blocks and calls are from the start, by what the machine has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.batch import Machine, Requirements, halvings_to_fit
from domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstHalvings:
    """Halvings by component (R-502); one without a row takes what the catalogue says of it."""

    unit_of_work: Callable[[], UnitOfWork]
    catalogue: Catalogue
    machine: Machine
    retrying: Retrying

    def __call__(self) -> Mapping[str, int]:
        rows = self.retrying(self._rows)
        return {
            name: halvings_to_fit(
                rows.get(name, Requirements.of(self.catalogue[name])), self.machine
            )
            for name in self.catalogue.names
        }

    def _rows(self) -> Mapping[str, Requirements]:
        with self.unit_of_work() as work:
            return work.requirements.current()
