"""Cost models: seconds of each component as they were measured, and since when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.calibration import KnownCost


class CostModels(Protocol):
    """The cost models that estimates are made from, within one unit of work.

    Contract (tests/contracts/cost_models.py): `current` gives the newest model of each component
    and where it came from, equal in every bit; `add` makes these the newest.
    """

    def current(self) -> Mapping[str, KnownCost]: ...

    def add(self, costs: Mapping[str, KnownCost], *, valid_from: datetime) -> None: ...

    def lock(self) -> None:
        """Keeps others from adding until this unit of work ends."""
        ...
