"""Price lists: what each component has cost since when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from domain.price_list import ComponentPrice, PriceList


class PriceLists(Protocol):
    """All prices that ever were in force, within one unit of work.

    Contract (tests/contracts/price_lists.py): `at` gives each component's newest price that was not
    set for a later moment, equal in every digit, and the number of the newest change among them, 0
    where there is none; `add` gives a change the next number. Who `add`s waits for others that do.
    """

    def at(self, moment: datetime) -> PriceList: ...

    def add(self, prices: Mapping[str, ComponentPrice], *, valid_from: datetime) -> int:
        """The number of the change. Prices are never set for a moment before the last change.

        Where `valid_from` is earlier than that, the change is in force from the last one's on.
        """
        ...

    def lock(self) -> None:
        """Keeps others from adding until this unit of work ends."""
        ...


class ShippedPrices(Protocol):
    """The prices that an installation begins with.

    Contract (tests/toml/test_prices.py): every component that is asked about has one.
    """

    def prices(self, components: Iterable[str]) -> Mapping[str, ComponentPrice]: ...
