"""What a measurement of each component takes of a machine."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.batch import Requirements


@dataclass(frozen=True, slots=True)
class ShowRequirements:
    """Reads the rows by which batches are planned (R-502)."""

    unit_of_work: Callable[[], UnitOfWork]

    def __call__(self) -> Mapping[str, Requirements]:
        with self.unit_of_work() as work:
            return work.requirements.current()
