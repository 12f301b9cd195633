"""Measured times in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql import price_rows
from adapters.sql.price_tables import component_timings
from domain.calibration import Timing


class SqlTimings:
    """Times by run and component (port `Timings`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, timings: Sequence[Timing]) -> None:
        if timings:
            made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
            statement = made.insert(component_timings).on_conflict_do_nothing()
            self._connection.execute(statement, [asdict(timing) for timing in timings])

    def newest(self, *, limit: int) -> Sequence[Timing]:
        columns = component_timings.c
        age = (columns.at.desc(), columns.run_id.desc())
        place = func.row_number().over(partition_by=columns.component, order_by=age).label("place")
        ranked = select(component_timings, place).subquery()
        query = select(ranked).where(ranked.c.place <= limit)
        rows = self._connection.execute(query.order_by(ranked.c.component, ranked.c.place))
        return [price_rows.to_timing(row) for row in rows.mappings()]
