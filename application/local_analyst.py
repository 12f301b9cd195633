"""The analyst as plain calls, for the process that does the work."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from application.gathering import Gathering
from application.ports.analyst import Measured
from application.ports.orders import MeasureOrder, SegmentOrder
from application.ports.segments import Segmentation, Segments
from application.use_cases.measure_component import MeasureComponent
from application.use_cases.segment_video import SegmentVideo
from domain.identity import RunId


@dataclass(frozen=True, slots=True)
class LocalAnalyst:
    """Segments and measures where it stands; a crash or a hang is the caller's."""

    segment_video: SegmentVideo
    measure_component: MeasureComponent
    segments: Segments

    def segment(self, order: SegmentOrder, *, on_progress: Callable[[float], None]) -> Segmentation:
        return self.segment_video(order, on_progress=on_progress)

    def measure(self, order: MeasureOrder) -> Measured:
        return self.measure_component(order)

    def measure_together(
        self, orders: Sequence[MeasureOrder], at_once: int
    ) -> tuple[Measured, ...]:
        """Each in a thread of its own; a model is asked once for what all of them ask (R-502)."""
        gathering = Gathering(self.measure_component.inference, len(orders), at_once)

        def measured(order: MeasureOrder) -> Measured:
            with gathering.taking_part() as inference:
                return replace(self.measure_component, inference=inference)(order)

        began = time.perf_counter()
        with ThreadPoolExecutor(len(orders), thread_name_prefix="together") as threads:
            found = tuple(threads.map(measured, orders))
        return _shared_out(found, round(1000 * (time.perf_counter() - began)))

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        return self.segments.jpegs(run_id, indices)


def _shared_out(found: tuple[Measured, ...], duration_ms: int) -> tuple[Measured, ...]:
    """Each with its share of the time by its units: the cost models are fitted to it (R-606)."""
    units = [one.units or 0.0 for one in found]
    whole = sum(units)
    return tuple(
        replace(one, duration_ms=round(duration_ms * (n / whole if whole else 1 / len(found))))
        for one, n in zip(found, units, strict=True)
    )
