"""Prices in TOML: what an installation begins with."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from domain.price_list import ComponentPrice, figure

SHIPPED = Path(__file__).with_name("prices.toml")


class TomlPrices:
    """The prices that were shipped (port `ShippedPrices`)."""

    def __init__(self, file: Path = SHIPPED) -> None:
        self._file = file

    def prices(self, components: Iterable[str]) -> Mapping[str, ComponentPrice]:
        table = tomllib.loads(self._file.read_text(encoding="utf-8"))
        usual, own = table["defaults"], table["components"]
        return {name: _price({**usual, **own.get(name, {})}) for name in components}


def _price(line: Mapping[str, Any]) -> ComponentPrice:
    """Figures stand as text, so that they are decimals; an unknown name is a TypeError."""
    steps = {
        name: tuple((up_to, figure(name, factor)) for up_to, factor in value)
        for name, value in line.items()
        if name.endswith("_factors")
    }
    figures = {name: figure(name, value) for name, value in line.items() if name not in steps}
    given: dict[str, Any] = {**figures, **steps}
    return ComponentPrice(**given)
