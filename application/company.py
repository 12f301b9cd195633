"""Company: runs that are carried out side by side, and the one analyst at work for all of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

from application.errors import HandedBack
from application.ports.analyst import Analyst, Measured, StepFailed
from application.ports.cancellation import Cancellation
from application.ports.clock import Clock
from application.seat import Request, Seat
from domain.batch import HALVINGS_MAX, Group
from domain.catalogue import Catalogue
from domain.errors import Cancelled

LOOK_S = 0.1
"""So often who waits looks whether its run is still wanted (R-510)."""
OUT_OF_MEMORY = "out_of_memory"


@dataclass(slots=True)
class Company:
    """Serves the seats of `count` runs, each carried out in a thread of its own (R-502).

    What one asks is done at once, in the order of asking: segmenting, say, or a component that asks
    no model, which gains nothing by company. A component of `groups` is measured when every run
    that has not ended waits for such a one, over all that wait for it together.

    `serve` calls the analyst from its own thread alone: the child dies with the thread that has
    started it.
    """

    analyst: Analyst
    clock: Clock
    catalogue: Catalogue
    groups: Mapping[str, Group]
    count: int
    _seated: int = field(init=False)
    _requests: list[Request] = field(default_factory=list, init=False)
    _is_closed: bool = field(default=False, init=False)
    _change: Condition = field(default_factory=Condition, init=False)

    def __post_init__(self) -> None:
        self._seated = self.count

    @contextmanager
    def seat(self) -> Iterator[Seat]:
        """One run's place; each of `count` must come here and leave."""
        try:
            yield Seat(self.analyst, self.clock, self.answer)
        finally:
            with self._change:
                self._seated -= 1
                self._change.notify_all()

    def serve(self) -> None:
        """Does what the seats ask until all have left. Left early, it is to be closed."""
        while turn := self._next_turn():
            self._take(turn)

    def close(self) -> None:
        """Hands back every run that still waits for something."""
        with self._change:
            self._is_closed = True
            self._change.notify_all()

    def answer(self, request: Request, cancellation: Cancellation | None) -> Any:
        """What came of a request; what the cancellation says ends the waiting, and the work."""
        _heed(cancellation)
        with self._change:
            request.asked_at = self.clock.now()
            self._requests.append(request)
            self._change.notify_all()
        try:
            while not self._is_done_within(request, LOOK_S):
                _heed(cancellation)
        except BaseException:
            self._forget(request)
            raise
        if not request.is_done:
            raise HandedBack
        if request.error is not None:
            raise request.error
        return request.reply

    def _is_done_within(self, request: Request, seconds: float | None) -> bool:
        with self._change:
            return self._change.wait_for(lambda: request.is_done or self._is_closed, seconds)

    def _forget(self, request: Request) -> None:
        """Nobody wants the answer. Work on it alone is over before its run goes on to its end."""
        with self._change:
            request.is_unwanted = True
            if request in self._requests:
                self._requests.remove(request)
                request.is_done = True
                self._change.notify_all()
        if not request.is_shared:
            self._is_done_within(request, None)

    def _next_turn(self) -> Sequence[Request]:
        with self._change:
            self._change.wait_for(lambda: not self._seated or self._turn())
            turn = self._turn()
            self._requests[:] = [request for request in self._requests if request not in turn]
            for request in turn:
                request.is_shared = len(turn) > 1
            return turn

    def _turn(self) -> Sequence[Request]:
        for request in self._requests:
            if request.component not in self.groups:
                return [request]
        if not self._requests or len(self._requests) < self._seated:
            return ()
        waited_for = {request.component for request in self._requests if request.component}
        # All runs go by one order: nobody comes to this component later than those that wait.
        first = self.catalogue.in_order(waited_for)[0].name
        return [request for request in self._requests if request.component == first]

    def _take(self, turn: Sequence[Request]) -> None:
        if len(turn) == 1:
            self._alone(turn)
            return
        most = self.groups[turn[0].component or ""].runs
        for start in range(0, len(turn), most):
            self._together(turn[start : start + most], halvings=0)

    def _together(self, requests: Sequence[Request], *, halvings: int) -> None:
        """Whatever breaks what they do together is its own run's alone in the end (R-502)."""
        wanted = [request for request in requests if not request.is_unwanted]
        if len(wanted) < 2:  # noqa: PLR2004 - nobody to be together with
            self._alone(wanted)
            return
        for request in wanted:
            request.begun_at = self.clock.now()
        try:
            found = self.analyst.measure_together(
                [request.order for request in wanted if request.order is not None],
                at_once=self.groups[wanted[0].component or ""].at_once,
                cancellation=_AllUnwanted(wanted),
            )
        except StepFailed as failed:
            if failed.failure.code == OUT_OF_MEMORY:
                self._in_halves(wanted, halvings)
            else:
                self._alone(wanted)
        except Exception:  # noqa: BLE001 - whose it is shows when each is measured alone
            self._alone(wanted)
        else:
            pairs = list(zip(wanted, found, strict=True))
            for request, measured in pairs:
                if not _is_starved(measured):
                    self._done(request, measured)
            self._in_halves([r for r, measured in pairs if _is_starved(measured)], halvings)

    def _in_halves(self, requests: Sequence[Request], halvings: int) -> None:
        """R-508: too much for the memory together may fit in halves, at most twice, and alone."""
        middle = len(requests) // 2
        for half in (requests[:middle], requests[middle:]):
            if halvings < HALVINGS_MAX:
                self._together(half, halvings=halvings + 1)
            else:
                self._alone(half)

    def _alone(self, requests: Sequence[Request]) -> None:
        for request in requests:
            if request.is_unwanted:
                self._done(request, None)
                continue
            request.begun_at = self.clock.now()
            try:
                reply = request.act(_AllUnwanted([request]))
            except Exception as error:  # noqa: BLE001 - raised again where it was asked
                self._done(request, None, error)
            else:
                self._done(request, reply)

    def _done(self, request: Request, reply: Any, error: Exception | None = None) -> None:
        with self._change:
            request.reply, request.error, request.is_done = reply, error, True
            self._change.notify_all()


@dataclass(frozen=True, slots=True)
class _AllUnwanted:
    """A cancellation of work that nobody wants any more."""

    requests: Sequence[Request]

    @property
    def requested(self) -> bool:
        return all(request.is_unwanted for request in self.requests)


def _is_starved(measured: Measured) -> bool:
    return measured.failure is not None and measured.failure.code == OUT_OF_MEMORY


def _heed(cancellation: Cancellation | None) -> None:
    if cancellation is not None and cancellation.requested:
        raise Cancelled("cancelled while working")
