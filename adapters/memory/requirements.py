"""What components take of a machine, in memory."""

from collections.abc import Mapping
from datetime import datetime

from adapters.memory.database import Kept
from domain.batch import Requirements


class MemoryResourceRequirements:
    """The newest requirements (port `ResourceRequirements`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def current(self) -> Mapping[str, Requirements]:
        return dict(self._kept.requirements)

    def add(self, rows: Mapping[str, Requirements], *, valid_from: datetime) -> None:
        del valid_from
        for component in rows.keys() - self._kept.costs.keys():
            raise KeyError(component)
        self._kept.requirements.update(rows)
