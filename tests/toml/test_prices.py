"""The prices and costs that are shipped are whole and fit together."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.toml.costs import TomlCosts
from adapters.toml.prices import SHIPPED, TomlPrices
from adapters.toml.profiles import TomlProfiles
from domain.effort import PREPARATION
from domain.errors import InvalidPrice
from domain.estimate import EstimateId, Pricing
from domain.price_list import PriceList
from domain.video_size import VideoSize
from tests.builders import NOON, an_estimate

LISTED = {PREPARATION, *ShippedComponents().catalogue.names}
PRICES = TomlPrices().prices(LISTED)


def test_every_component_is_measured_and_nothing_else() -> None:
    """R-602: no component is listed before one command has measured it."""
    assert set(TomlCosts().models()) == LISTED


def test_every_component_has_a_price_and_what_is_its_own_goes_over_the_usual() -> None:
    assert set(PRICES) == LISTED
    assert (PRICES["tempo"].base, PRICES["tempo"].markup_percent) == (Decimal("0.10"), Decimal(20))
    assert PRICES[PREPARATION].base == Decimal("0.50")
    assert PRICES[PREPARATION].cpu_rate == PRICES["tempo"].cpu_rate


def test_nothing_has_a_price_of_its_own_that_is_no_component() -> None:
    """A name that was misspelled would give its component the usual price."""
    table = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    assert set(table["components"]) <= LISTED


@pytest.mark.parametrize(
    ("name", "roubles"), [("fast", (1, 4)), ("standard", (3, 6)), ("full", (4, 8))]
)
def test_a_built_in_profile_costs_a_few_roubles(name: str, roubles: tuple[int, int]) -> None:
    """Ten minutes of 1080p: a few roubles each; prices follow from seconds (Q47)."""
    pricing = Pricing(
        catalogue=ShippedComponents().catalogue,
        costs=TomlCosts().models(),
        prices=PriceList(1, NOON, PRICES),
        policies={},
        new_id=lambda: EstimateId(an_estimate().id),
    )
    size = VideoSize(600.0, 1920, 1080, 30.0, 1000)
    found = pricing.estimate(TomlProfiles().named(name), size, now=NOON)
    least, most = (100 * amount for amount in roubles)
    assert least <= found.usually.kopecks <= found.hold.kopecks <= most


def test_steps_and_empty_prices_are_read(tmp_path: Path) -> None:
    file = tmp_path / "prices.toml"
    head = '[defaults]\nbase = "0.10"\n[components]\n'
    line = 'tempo = { empty_price = "0.02", resolution_factors = [[720, "1"], [2160, "2.5"]] }'
    file.write_text(head + line, encoding="utf-8")
    tempo = TomlPrices(file).prices(["tempo"])["tempo"]
    assert tempo.empty_price == Decimal("0.02")
    assert tempo.resolution_factors == ((720, Decimal(1)), (2160, Decimal("2.5")))


@pytest.mark.parametrize("harm", ['base = "-1"', 'base = "NaN"', 'markup_percent = "1e3"'])
def test_a_shipped_figure_that_cannot_be_is_refused(tmp_path: Path, harm: str) -> None:
    file = tmp_path / "prices.toml"
    shipped = SHIPPED.read_text(encoding="utf-8")
    file.write_text(f"{shipped}tempo = {{ {harm} }}\n", encoding="utf-8")
    with pytest.raises(InvalidPrice):
        TomlPrices(file).prices(["tempo"])
