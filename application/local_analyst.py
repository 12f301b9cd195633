"""The analyst as plain calls, for the process that does the work."""

from collections.abc import Callable
from dataclasses import dataclass

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

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        return self.segments.jpegs(run_id, indices)
