"""Setting a price: from now on, without a deployment (R-602)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.errors import UnknownComponent
from domain.price_list import ComponentPrice, PriceList, Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """The figures of a price that change; what is left out stays as it is."""

    figures: Mapping[str, Decimal] = field(default_factory=dict)
    steps: Mapping[str, Steps] = field(default_factory=dict)

    def of(self, price: ComponentPrice) -> ComponentPrice:
        """The changed price; raises InvalidPrice."""
        changes: dict[str, Any] = {**self.figures, **self.steps}
        return replace(price, **changes)


@dataclass(frozen=True, slots=True)
class SetPrice:
    """Sets the price of one component, or of the preparation; the old one is kept as history.

    Runs that are under way are charged by the prices of their estimates. Raises UnknownComponent,
    InvalidPrice.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    def __call__(self, component: str, change: PriceChange) -> PriceList:
        """The prices in force after the change."""
        with self.unit_of_work() as work:
            work.prices.lock()
            now = self.clock.now()
            current = work.prices.at(now)
            if component not in current.prices:
                raise UnknownComponent(f"{component} has no price", component=component)
            changed = change.of(current.prices[component])
            if changed == current.prices[component]:
                return current
            work.prices.add({component: changed}, valid_from=now)
            changed_list = work.prices.at(now)
            work.commit()
            return changed_list
