"""What components take of a machine, in SQL: beside their cost models, and never changed either."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from adapters.sql.price_tables import component_resource_requirements as table
from domain.batch import Requirements

_FIGURES = ("memory_mib", "gpu_memory_mib", "cores")


class SqlResourceRequirements:
    """The newest requirements (port `ResourceRequirements`).

    A row of a new cost model has no figures of its own: those of the row before it hold on. A row
    of new figures repeats the cost model.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current(self) -> Mapping[str, Requirements]:
        said = select(table).where(table.c.memory_mib.is_not(None)).order_by(table.c.version)
        return {
            row["component"]: Requirements(**{name: row[name] for name in _FIGURES})
            for row in self._connection.execute(said).mappings()
        }

    def add(self, rows: Mapping[str, Requirements], *, valid_from: datetime) -> None:
        every = select(table).order_by(table.c.version)
        known = {row["component"]: row for row in self._connection.execute(every).mappings()}
        last = self._connection.execute(select(func.max(table.c.version))).scalar() or 0
        added = [
            {
                **known[component],
                **{name: getattr(required, name) for name in _FIGURES},
                "version": last + 1,
                "valid_from": valid_from,
            }
            for component, required in rows.items()
        ]
        if added:
            self._connection.execute(insert(table), added)
