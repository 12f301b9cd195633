"""Prices and cost models in SQL: changes are rows of their own, and none is ever changed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, Table, func, insert, select, text

from adapters.sql import price_rows
from adapters.sql.price_tables import component_pricing, component_resource_requirements
from domain.calibration import KnownCost
from domain.price_list import ComponentPrice, PriceList


class SqlPriceLists:
    """Price lists as the changes they are made of (port `PriceLists`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def at(self, moment: datetime) -> PriceList:
        columns = component_pricing.c
        query = select(component_pricing).where(columns.valid_from <= moment)
        rows = self._connection.execute(query.order_by(columns.version)).mappings().all()
        if not rows:
            return PriceList(0, moment)
        prices = {row["component"]: row for row in rows}
        newest = rows[-1]
        return PriceList(
            newest["version"],
            newest["valid_from"],
            {name: price_rows.to_price(row) for name, row in prices.items()},
        )

    def add(self, prices: Mapping[str, ComponentPrice], *, valid_from: datetime) -> int:
        self.lock()
        version, begun = _last(self._connection, component_pricing)
        about = {"version": version + 1, "valid_from": max(begun or valid_from, valid_from)}
        rows = [
            {"component": name, **about, **price_rows.from_price(price)}
            for name, price in prices.items()
        ]
        self._connection.execute(insert(component_pricing), rows)
        return version + 1

    def lock(self) -> None:
        _lock(self._connection, component_pricing)


class SqlCostModels:
    """The newest cost models (port `CostModels`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self) -> Mapping[str, KnownCost]:
        table = component_resource_requirements
        rows = self._connection.execute(select(table).order_by(table.c.version)).mappings()
        return {row["component"]: price_rows.to_cost(row) for row in rows}

    def add(self, costs: Mapping[str, KnownCost], *, valid_from: datetime) -> None:
        self.lock()
        version, _ = _last(self._connection, component_resource_requirements)
        about = {"version": version + 1, "valid_from": valid_from}
        rows = [
            {"component": name, **about, **price_rows.from_cost(cost)}
            for name, cost in costs.items()
        ]
        self._connection.execute(insert(component_resource_requirements), rows)

    def lock(self) -> None:
        _lock(self._connection, component_resource_requirements)


def _last(connection: Connection, table: Table) -> tuple[int, datetime | None]:
    """The number of the last change and since when it holds; 0 and None before the first."""
    query = select(func.max(table.c.version), func.max(table.c.valid_from))
    version, valid_from = connection.execute(query).one()
    return version or 0, valid_from


def _lock(connection: Connection, table: Table) -> None:
    """Lets nobody else add to a table, and everybody read it; on SQLite one writes at a time."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE"))
