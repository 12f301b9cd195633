"""The analyst: does the heavy work of a run where a crash or a hang cannot hurt the worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from application.ports.cancellation import Cancellation
from application.ports.components import Arrays
from application.ports.orders import MeasureOrder, SegmentOrder
from application.ports.segments import Segmentation
from domain.component import ComponentStatus, EmptyReason
from domain.identity import RunId
from domain.run import Failure
from domain.served_model import ServedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How a component ended: `ok` with arrays, `empty` with a reason or `error` with a failure.

    `peak_memory_mib` is the most that was resident while it was measured; 0: not known here.
    `models` are those that really answered.
    """

    status: ComponentStatus
    arrays: Arrays = field(default_factory=dict)
    empty_reason: EmptyReason | None = None
    failure: Failure | None = None
    notes: tuple[str, ...] = ()
    units: float | None = None
    duration_ms: int = 0
    peak_memory_mib: int = 0
    models: tuple[ServedModel, ...] = ()


class StepFailed(Exception):
    """A step ended in an error that the run's account shows; `failure` says which."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


class Analyst(Protocol):
    """Segments videos and measures components.

    Contract (tests/process/test_analyst.py): `segment` raises `StepFailed`, `TimedOut`,
    `ResourceExhausted` or `Cancelled`;
    `measure` never raises for what happens inside a component: a crash, a hang and an exception all
    come back as an `error` with a code, and the analyst is ready for the next order.

    `measure_together` measures one component of several runs, each as `measure` would, but what
    they ask of a served model at the same time is one call. What breaks the work as a whole (a
    crash, a hang: the longest `timeout_s` counts for all) is raised as `StepFailed`, `TimedOut` or
    `ResourceExhausted`: whose it was shows when each is measured alone.
    """

    def segment(
        self,
        order: SegmentOrder,
        *,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Segmentation: ...

    def measure(self, order: MeasureOrder, *, cancellation: Cancellation) -> Measured: ...

    def measure_together(
        self, orders: Sequence[MeasureOrder], *, at_once: int, cancellation: Cancellation
    ) -> Sequence[Measured]:
        """In the order of the orders; at most `at_once` of them compute at the same time."""
        ...

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]: ...
