"""What every keeper of price lists must do."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from application.ports.unit_of_work import UnitOfWork
from domain.price_list import ComponentPrice
from tests.builders import NOON, a_price

HOUR = timedelta(hours=1)
EVERY_FIGURE = ComponentPrice(
    base=Decimal("0.100"),
    cpu_rate=Decimal("0.000000001"),
    gpu_rate=Decimal(1_000_000),
    resolution_factors=((720, Decimal(1)), (2160, Decimal("2.5"))),
    duration_factors=((20, Decimal("0.9")),),
    markup_percent=Decimal("12.5"),
    empty_price=Decimal("0.05"),
    reused_price=Decimal("0.01"),
)


class PriceListsContract(ABC):
    """Subclass and give `units`."""

    @pytest.fixture
    @abstractmethod
    def units(self) -> Callable[[], UnitOfWork]: ...

    def test_before_the_first_change_there_are_no_prices(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        with units() as work:
            assert work.prices.at(NOON).version == 0
            work.prices.add({"tempo": a_price()}, valid_from=NOON)
            assert work.prices.at(NOON - HOUR).prices == {}
            work.commit()

    def test_a_price_comes_back_in_every_digit(self, units: Callable[[], UnitOfWork]) -> None:
        """R-601: 0.100 stays 0.100, a billionth a billionth, and no price for empty stays none."""
        prices = {"tempo": EVERY_FIGURE, "motion": a_price()}
        with units() as work:
            assert work.prices.add(prices, valid_from=NOON) == 1
            work.commit()
        with units() as work:
            found = work.prices.at(NOON)
        assert (found.version, found.valid_from) == (1, NOON)
        assert found.prices == prices
        assert str(found["tempo"].base) == "0.100"

    def test_the_newest_price_that_has_begun_is_the_one_in_force(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        first, second = a_price(), a_price(base="9")
        with units() as work:
            work.prices.add({"tempo": first, "motion": first}, valid_from=NOON)
            assert work.prices.add({"tempo": second}, valid_from=NOON + HOUR) == 2
            work.commit()
        with units() as work:
            before = work.prices.at(NOON + HOUR - timedelta(microseconds=1))
            after = work.prices.at(NOON + HOUR)
        assert (before.version, before.prices) == (1, {"tempo": first, "motion": first})
        assert (after.version, after.prices) == (2, {"tempo": second, "motion": first})
        assert after.valid_from == NOON + HOUR

    def test_no_change_reaches_back_behind_the_last_one(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        """What was in force at a moment that has passed stays so, whatever a clock says."""
        with units() as work:
            work.prices.add({"tempo": a_price()}, valid_from=NOON + HOUR)
            work.prices.add({"tempo": a_price(base="9")}, valid_from=NOON)
            work.commit()
        with units() as work:
            assert work.prices.at(NOON).prices == {}
            assert work.prices.at(NOON + HOUR)["tempo"].base == 9

    def test_a_change_that_was_not_committed_was_none(
        self, units: Callable[[], UnitOfWork]
    ) -> None:
        with units() as work:
            work.prices.add({"tempo": a_price()}, valid_from=NOON)
        with units() as work:
            assert work.prices.at(NOON).version == 0

    def test_a_list_that_was_read_does_not_change(self, units: Callable[[], UnitOfWork]) -> None:
        with units() as work:
            work.prices.add({"tempo": a_price()}, valid_from=NOON)
            read = work.prices.at(NOON)
            work.prices.lock()
            work.prices.add({"tempo": replace(a_price(), base=Decimal(9))}, valid_from=NOON)
            assert read["tempo"] == a_price()
            assert work.prices.at(NOON)["tempo"].base == 9
            work.commit()
