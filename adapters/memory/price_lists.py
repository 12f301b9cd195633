"""Prices and cost models in memory."""

from collections.abc import Mapping
from datetime import datetime

from adapters.memory.database import Kept
from domain.calibration import KnownCost
from domain.price_list import ComponentPrice, PriceList


class MemoryPriceLists:
    """Price lists as the changes they are made of (port `PriceLists`)."""

    def __init__(self, kept: Kept) -> None:
        self._changes = kept.price_changes

    def at(self, moment: datetime) -> PriceList:
        begun = [change for change in self._changes if change.valid_from <= moment]
        if not begun:
            return PriceList(0, moment)
        prices: dict[str, ComponentPrice] = {}
        for change in begun:
            prices.update(change.prices)
        return PriceList(begun[-1].version, begun[-1].valid_from, prices)

    def add(self, prices: Mapping[str, ComponentPrice], *, valid_from: datetime) -> int:
        last = self._changes[-1] if self._changes else PriceList(0, valid_from)
        begins = max(last.valid_from, valid_from)
        self._changes.append(PriceList(last.version + 1, begins, dict(prices)))
        return last.version + 1

    def lock(self) -> None:
        """One unit of work has everything at a time."""


class MemoryCostModels:
    """The newest cost models (port `CostModels`)."""

    def __init__(self, kept: Kept) -> None:
        self._costs = kept.costs

    def current(self) -> Mapping[str, KnownCost]:
        return dict(self._costs)

    def add(self, costs: Mapping[str, KnownCost], *, valid_from: datetime) -> None:
        del valid_from
        self._costs.update(costs)

    def lock(self) -> None:
        """One unit of work has everything at a time."""
