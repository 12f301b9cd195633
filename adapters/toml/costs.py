"""Measured costs in TOML: seconds per component as `a + b × units`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from domain.effort import CostModel

SHIPPED = Path(__file__).with_name("costs.toml")


class TomlCosts:
    """The costs that were measured on the reference machine (port `Costs`)."""

    def __init__(self, file: Path = SHIPPED) -> None:
        self._file = file

    def models(self) -> Mapping[str, CostModel]:
        table = tomllib.loads(self._file.read_text(encoding="utf-8"))
        return {name: CostModel(**line) for name, line in table["components"].items()}
