"""Seeding: every measured component has its row of what it takes of a machine (R-502)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.batch import Requirements
from domain.catalogue import Catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRequirements:
    """Gives what the catalogue says to every component that has nothing yet; what is there stays.

    Of several processes at once, one does.
    """

    unit_of_work: Callable[[], UnitOfWork]
    catalogue: Catalogue
    clock: Clock

    def __call__(self) -> None:
        with self.unit_of_work() as work:
            if not self._missing(work):
                return
            # Another may have seen the same, so ask again when nobody else can add any more.
            work.costs.lock()
            work.requirements.add(self._missing(work), valid_from=self.clock.now())
            work.commit()

    def _missing(self, work: UnitOfWork) -> Mapping[str, Requirements]:
        known, measured = work.requirements.current(), work.costs.current()
        specs = (self.catalogue[name] for name in self.catalogue.names)
        return {
            spec.name: Requirements.of(spec)
            for spec in specs
            if spec.name in measured and spec.name not in known
        }
