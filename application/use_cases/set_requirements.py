"""Setting what a measurement takes of a machine: from the next batch on, without a deployment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.batch import Requirements
from domain.errors import UnknownComponent


@dataclass(frozen=True, slots=True)
class SetRequirements:
    """Changes figures of one component's row (R-502). Raises UnknownComponent."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    def __call__(self, component: str, figures: Mapping[str, int]) -> Requirements:
        """The row after the change; what is left out stays as it is."""
        with self.unit_of_work() as work:
            work.costs.lock()
            known = work.requirements.current()
            if component not in known:
                raise UnknownComponent(f"{component} has no requirements", component=component)
            changed = replace(known[component], **figures)
            if changed != known[component]:
                work.requirements.add({component: changed}, valid_from=self.clock.now())
                work.commit()
            return changed
