"""The analyst in the worker's own process: simple, and as mortal as the worker."""

from collections.abc import Callable, Sequence
from typing import Protocol

from application.ports.analyst import Measured, StepFailed
from application.ports.cancellation import Cancellation
from application.ports.orders import MeasureOrder, SegmentOrder
from application.ports.segments import Segmentation
from domain.errors import Cancelled, DomainError
from domain.identity import RunId
from domain.run import Failure


class Local(Protocol):
    """Segmenting and measuring as plain calls."""

    def segment(
        self, order: SegmentOrder, *, on_progress: Callable[[float], None]
    ) -> Segmentation: ...

    def measure(self, order: MeasureOrder) -> Measured: ...

    def measure_together(
        self, orders: Sequence[MeasureOrder], at_once: int
    ) -> Sequence[Measured]: ...

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]: ...


class InProcessAnalyst:
    """Carries orders out where it stands (port `Analyst`); it has no time limits of its own."""

    def __init__(self, local: Local) -> None:
        self.local = local
        self.measured: list[str] = []
        self.segmented = 0

    def segment(
        self,
        order: SegmentOrder,
        *,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Segmentation:
        _heed(cancellation)
        self.segmented += 1
        try:
            return self.local.segment(order, on_progress=on_progress)
        except DomainError as refusal:
            raise StepFailed(Failure.of(refusal, where="segment")) from refusal

    def measure(self, order: MeasureOrder, *, cancellation: Cancellation) -> Measured:
        _heed(cancellation)
        self.measured.append(order.component)
        return self.local.measure(order)

    def measure_together(
        self, orders: Sequence[MeasureOrder], *, at_once: int, cancellation: Cancellation
    ) -> Sequence[Measured]:
        _heed(cancellation)
        self.measured.extend(order.component for order in orders)
        return self.local.measure_together(orders, at_once)

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        return self.local.jpegs(run_id, indices)


def _heed(cancellation: Cancellation) -> None:
    if cancellation.requested:
        raise Cancelled("cancelled between steps")
