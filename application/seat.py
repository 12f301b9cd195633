"""A run's place in company: the analyst as it has it, and what it asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from application.ports.analyst import Analyst, Measured
from application.ports.cancellation import Cancellation
from application.ports.clock import Clock
from application.ports.orders import MeasureOrder, SegmentOrder
from application.ports.segments import Segmentation
from domain.identity import RunId


@dataclass(slots=True, eq=False)
class Request:
    """Something to be done by the analyst, and what came of it."""

    act: Callable[[Cancellation], Any]
    component: str | None = None
    order: MeasureOrder | None = None
    asked_at: datetime | None = None
    begun_at: datetime | None = None
    is_shared: bool = False
    is_unwanted: bool = False
    is_done: bool = False
    reply: Any = None
    error: Exception | None = None


@dataclass(slots=True)
class Seat:
    """The analyst as one run in company has it (port `Analyst`)."""

    analyst: Analyst
    clock: Clock
    answer: Callable[[Request, Cancellation | None], Any]
    _waited: timedelta = timedelta()
    _request: Request | None = None
    _failed: set[str] = field(default_factory=set)

    def segment(
        self,
        order: SegmentOrder,
        *,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Segmentation:
        def act(token: Cancellation) -> Segmentation:
            return self.analyst.segment(order, on_progress=on_progress, cancellation=token)

        found: Segmentation = self._asked(Request(act), cancellation)
        return found

    def measure(self, order: MeasureOrder, *, cancellation: Cancellation) -> Measured:
        def act(token: Cancellation) -> Measured:
            return self.analyst.measure(order, cancellation=token)

        # What failed once may break the company too: it is tried again alone.
        together = None if order.component in self._failed else order.component
        found: Measured = self._asked(Request(act, together, order), cancellation)
        if found.failure is not None:
            self._failed.add(order.component)
        return found

    def measure_together(
        self, orders: Sequence[MeasureOrder], *, at_once: int, cancellation: Cancellation
    ) -> Sequence[Measured]:
        def act(token: Cancellation) -> Sequence[Measured]:
            return self.analyst.measure_together(orders, at_once=at_once, cancellation=token)

        found: Sequence[Measured] = self._asked(Request(act), cancellation)
        return found

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        request = Request(lambda _: self.analyst.jpegs(run_id, indices))
        found: tuple[bytes, ...] = self._asked(request)
        return found

    @property
    def waited(self) -> timedelta:
        """How long the run has only waited for others: none of its own time (R-506)."""
        request = self._request
        return self._waited if request is None else self._waited + self._waiting(request)

    def _asked(self, request: Request, cancellation: Cancellation | None = None) -> Any:
        self._request = request
        try:
            return self.answer(request, cancellation)
        finally:
            self._waited += self._waiting(request)
            self._request = None

    def _waiting(self, request: Request) -> timedelta:
        now = self.clock.now()
        return (request.begun_at or now) - (request.asked_at or now)
