"""Measured times in memory."""

from collections import defaultdict
from collections.abc import Sequence

from adapters.memory.database import Kept
from domain.calibration import Timing


class MemoryTimings:
    """Times by run and component (port `Timings`)."""

    def __init__(self, kept: Kept) -> None:
        self._timings = kept.timings

    def add(self, timings: Sequence[Timing]) -> None:
        for timing in timings:
            self._timings.setdefault((timing.run_id, timing.component), timing)

    def newest(self, *, limit: int) -> Sequence[Timing]:
        found: dict[str, list[Timing]] = defaultdict(list)
        for timing in sorted(self._timings.values(), key=_age):
            found[timing.component].append(timing)
        return [timing for name in sorted(found) for timing in found[name][-limit:][::-1]]


def _age(timing: Timing) -> tuple[float, bytes]:
    return timing.at.timestamp(), timing.run_id.bytes
