"""Calibrating: cost models fitted anew to what finished runs took (R-606)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.calibration import RUNS_MAX, Calibration, CostSource, KnownCost, calibrate


@dataclass(frozen=True, slots=True)
class CalibrateCosts:
    """Fits the cost models to the newest runs, and tells the old and the new beside each other.

    With `dry_run` nothing is changed. A component with too few runs keeps its model. Estimates that
    were given out are not touched.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    def __call__(self, *, dry_run: bool) -> Sequence[Calibration]:
        with self.unit_of_work() as work:
            known = {name: cost.model for name, cost in work.costs.current().items()}
            found = calibrate(work.timings.newest(limit=RUNS_MAX), known)
            fitted = {
                each.component: KnownCost(each.new, CostSource.RUNS)
                for each in found
                if each.new is not None
            }
            if fitted and not dry_run:
                work.costs.add(fitted, valid_from=self.clock.now())
                work.commit()
            return found
