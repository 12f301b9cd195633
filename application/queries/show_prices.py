"""The prices in force now."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from domain.price_list import PriceList


@dataclass(frozen=True, slots=True)
class ShowPrices:
    """The price list that an estimate would be made from now."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    def __call__(self) -> PriceList:
        with self.unit_of_work() as work:
            return work.prices.at(self.clock.now())
