"""What one measurement of each component takes of a machine, as installations may change it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from domain.batch import Requirements


class ResourceRequirements(Protocol):
    """Requirements by component, within one unit of work.

    Contract (tests/contracts/requirements.py): `current` gives what was added last for each
    component; `add` is for components that have a cost model, KeyError for others, and leaves the
    cost model as it is.
    """

    def current(self) -> Mapping[str, Requirements]: ...

    def add(self, rows: Mapping[str, Requirements], *, valid_from: datetime) -> None: ...
