"""Measured times of finished runs (R-606)."""

from collections.abc import Sequence
from typing import Protocol

from domain.calibration import Timing


class Timings(Protocol):
    """What components took in finished runs, within one unit of work.

    Contract (tests/contracts/timings.py): a component's time in a run is written once, what comes
    later about the same is ignored; `newest` gives at most so many of each component, the newest.
    """

    def add(self, timings: Sequence[Timing]) -> None: ...

    def newest(self, *, limit: int) -> Sequence[Timing]: ...
