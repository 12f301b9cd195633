"""Runs that sit in company, and an analyst that logs what it measured together."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from uuid import UUID

from adapters.memory.clock import FixedClock
from application.company import Company
from application.ports.analyst import Analyst, Measured
from application.ports.cancellation import Cancellation
from application.ports.orders import MeasureOrder, SegmentOrder
from application.ports.segments import Segmentation
from application.seat import Seat
from domain.batch import Group
from domain.catalogue import Catalogue
from domain.component import ComponentSpec, ComponentStatus, Kind, Modality
from domain.identity import RunId
from domain.run import Failure
from domain.video import Metadata

GUILTY = 2
LIMIT_S = 20.0


def spec(name: str, *needs: str) -> ComponentSpec:
    return ComponentSpec(
        name=name,
        modality=Modality.VISUAL,
        kind=Kind.SERVED_MODEL,
        producer_version="1",
        schema_version="1",
        needs=needs,
        models=("made",),
    )


CATALOGUE = Catalogue((spec("faces"), spec("people", "faces"), spec("colour")))
GROUPS = dict.fromkeys(("faces", "people"), Group(runs=8))


@dataclass
class Token:
    requested: bool = False


@dataclass
class LoggedAnalyst:
    """Keeps which runs it measured together; `together` says what becomes of such a work."""

    together: Callable[[Sequence[int]], None] = lambda _: None
    starved: Callable[[Sequence[int]], Sequence[int]] = lambda _: ()
    alone: Callable[[int, Cancellation], None] = lambda *_: None
    log: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)

    def segment(
        self,
        order: SegmentOrder,
        *,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Segmentation:
        raise NotImplementedError

    def measure(self, order: MeasureOrder, *, cancellation: Cancellation) -> Measured:
        self.threads.add(threading.get_ident())
        self.log.append((order.component, (order.run_id.int,)))
        self.alone(order.run_id.int, cancellation)
        return _measured(order.run_id.int in self.starved([order.run_id.int]))

    def measure_together(
        self, orders: Sequence[MeasureOrder], *, at_once: int, cancellation: Cancellation
    ) -> Sequence[Measured]:
        del at_once, cancellation
        runs = tuple(order.run_id.int for order in orders)
        self.threads.add(threading.get_ident())
        self.log.append((orders[0].component, runs))
        self.together(runs)
        starved = self.starved(runs)
        return [_measured(run in starved) for run in runs]

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        self.log.append(("jpegs", (run_id.int,)))
        return tuple(bytes([index]) for index in indices)

    @property
    def sorted_log(self) -> list[tuple[str, tuple[int, ...]]]:
        return [(component, tuple(sorted(runs))) for component, runs in self.log]


def _measured(is_starved: bool) -> Measured:
    if is_starved:
        failure = Failure("out_of_memory", "too much")
        return Measured(status=ComponentStatus.ERROR, failure=failure)
    return Measured(status=ComponentStatus.OK)


def ordered(run: int, component: str) -> MeasureOrder:
    return MeasureOrder(
        run_id=RunId(UUID(int=run)),
        component=component,
        parameters={},
        metadata=Metadata(),
        timeout_s=1.0,
    )


Act = Callable[[Seat], object]


def measuring(run: int, *components: str, token: Cancellation | None = None) -> Act:
    def act(seat: Seat) -> list[str | None]:
        found = [
            seat.measure(ordered(run, component), cancellation=token or Token())
            for component in components
        ]
        return [one.failure.code if one.failure else None for one in found]

    return act


def ends(
    analyst: Analyst, *acts: Act, clock: FixedClock | None = None, most: int = 8
) -> list[object]:
    """What came of each act, in company; an exception as what it is."""
    groups = dict.fromkeys(GROUPS, Group(runs=most))
    company = Company(analyst, clock or FixedClock(), CATALOGUE, groups, count=len(acts))

    def end(act: Act) -> object:
        try:
            with company.seat() as seat:
                return act(seat)
        except Exception as error:  # noqa: BLE001 - told to the test
            return type(error)

    with ThreadPoolExecutor(len(acts)) as threads:
        found = [threads.submit(end, act) for act in acts]
        try:
            company.serve()
        finally:
            company.close()
        return [future.result(LIMIT_S) for future in found]
