"""Seeding: every component has a price and a cost model before anybody asks (R-602)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from application.ports.clock import Clock
from application.ports.price_lists import ShippedPrices
from application.ports.profiles import Costs
from application.ports.unit_of_work import UnitOfWork
from domain.calibration import CostSource, KnownCost
from domain.price_list import ComponentPrice

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedPrices:
    """Gives what was shipped to every measured component that has nothing yet.

    Of several processes at once, one does. A price that is there already stays, whoever set it. A
    cost model stays when it was fitted to runs; one that was shipped makes way for the one that is
    shipped now.
    """

    unit_of_work: Callable[[], UnitOfWork]
    prices: ShippedPrices
    costs: Costs
    clock: Clock

    def __call__(self) -> None:
        with self.unit_of_work() as work:
            if not self._missing_prices(work) and not self._missing_costs(work):
                return
            # Another may have seen the same, so ask again when nobody else can add any more.
            work.prices.lock()
            work.costs.lock()
            now = self.clock.now()
            if prices := self._missing_prices(work):
                work.prices.add(prices, valid_from=now)
            if costs := self._missing_costs(work):
                work.costs.add(costs, valid_from=now)
            work.commit()

    def _missing_prices(self, work: UnitOfWork) -> Mapping[str, ComponentPrice]:
        # Any price there ever was, also one from later on: the clock may have been set back.
        known = work.prices.at(_END_OF_TIME).prices
        return self.prices.prices(name for name in self.costs.models() if name not in known)

    def _missing_costs(self, work: UnitOfWork) -> Mapping[str, KnownCost]:
        known = work.costs.current()
        shipped = {
            name: KnownCost(model, CostSource.SHIPPED)
            for name, model in self.costs.models().items()
        }
        return {
            name: cost
            for name, cost in shipped.items()
            if name not in known
            or (known[name].source is CostSource.SHIPPED and known[name] != cost)
        }
