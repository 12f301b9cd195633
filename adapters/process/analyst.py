"""The worker's side: sends orders to the child, and replaces it when it crashes or hangs."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Lock
from typing import Any

import psutil

from adapters.process.child import serve
from application.errors import AdapterError, ResourceExhausted, TimedOut
from application.ports.analyst import Measured, StepFailed
from application.ports.cancellation import Cancellation
from application.ports.orders import MeasureOrder, SegmentOrder
from application.ports.segments import Segmentation
from domain.component import ComponentStatus
from domain.errors import Cancelled
from domain.identity import RunId
from domain.run import Failure

_LOOK_S = 0.1
_START_LIMIT_S = 120.0
_JPEGS_LIMIT_S = 120.0
_GONE_LIMIT_S = 10.0
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
_ENVIRONMENT = Lock()


class ProcessAnalyst:
    """One warm child process (port `Analyst`): libraries load once, not once a component.

    `factory` (`module:function`) builds the analyst in the child from `arguments`. The child is
    spawned on first use, limited to `memory_bytes` of address space, and killed with everything it
    started on a time-out, a cancel or `close`.
    """

    def __init__(self, factory: str, arguments: tuple[Any, ...], *, memory_bytes: int) -> None:
        self._factory = factory
        self._arguments = arguments
        self._memory_bytes = memory_bytes
        self._child: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._greeted = False

    def segment(
        self,
        order: SegmentOrder,
        *,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Segmentation:
        limit_s = order.timeout_s + _LOOK_S
        try:
            answer = self._ask("segment", (order,), limit_s, cancellation, on_progress)
        except _ChildFailed as failed:
            raise StepFailed(failed.failure) from failed
        if not isinstance(answer, Segmentation):
            raise TypeError("the child answered something else")
        return answer

    def measure(self, order: MeasureOrder, *, cancellation: Cancellation) -> Measured:
        try:
            answer = self._ask("measure", (order,), order.timeout_s, cancellation)
        except _ChildFailed as failed:
            return Measured(status=ComponentStatus.ERROR, failure=failed.failure)
        except TimedOut:
            failure = Failure(
                "component_timed_out",
                f"{order.component} took more than {order.timeout_s:.0f} s",
                where=order.component,
            )
            return Measured(status=ComponentStatus.ERROR, failure=failure)
        if not isinstance(answer, Measured):
            raise TypeError("the child answered something else")
        return answer

    def measure_together(
        self, orders: Sequence[MeasureOrder], *, at_once: int, cancellation: Cancellation
    ) -> Sequence[Measured]:
        limit_s = max(order.timeout_s for order in orders)
        try:
            answer = self._ask("measure_together", (orders, at_once), limit_s, cancellation)
        except _ChildFailed as failed:
            raise StepFailed(failed.failure) from failed
        if not all(isinstance(measured, Measured) for measured in answer):
            raise TypeError("the child answered something else")
        return tuple(answer)

    def jpegs(self, run_id: RunId, indices: tuple[int, ...]) -> tuple[bytes, ...]:
        try:
            return tuple(self._ask("jpegs", (run_id, indices), _JPEGS_LIMIT_S, None))
        except _ChildFailed as failed:
            raise AdapterError(failed.failure.message, code=failed.failure.code) from failed

    def start(self) -> None:
        """Begins to warm up without waiting for it."""
        if self._child is not None and self._child.is_alive():
            return
        self.close()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._child = context.Process(
            target=serve,
            args=(theirs, self._factory, self._arguments, self._memory_bytes),
            daemon=False,
        )
        with _computing_on_one_thread():
            self._child.start()
        theirs.close()
        self._connection = ours

    def close(self) -> None:
        """Ends the child and everything it started; harmless when there is none."""
        child, connection = self._child, self._connection
        self._child, self._connection, self._greeted = None, None, False
        # The child first: with the pipe gone it would end by itself, with a traceback.
        if child is not None and child.pid is not None:
            _kill_tree(child.pid)
            child.join()
            child.close()
        if connection is not None:
            connection.close()

    def _ask(
        self,
        method: str,
        given: tuple[Any, ...],
        limit_s: float,
        cancellation: Cancellation | None,
        on_progress: Callable[[float], None] = lambda _: None,
    ) -> Any:
        # Quick steps leave no moment to look for a cancel while they work, however many there are.
        if cancellation is not None and cancellation.requested:
            raise Cancelled("cancelled between steps")
        connection = self._ready(cancellation)
        try:
            connection.send((method, given))
        except BrokenPipeError as error:
            raise self._crashed(method) from error
        deadline_s = time.monotonic() + limit_s
        while True:
            kind, content = self._next(connection, method, deadline_s, cancellation)
            if kind == "progress":
                # Told more often than looked for, it would leave no moment to look for a cancel.
                self._heed(cancellation)
                on_progress(content)
            elif kind == "done":
                return content
            elif kind == "retry":
                raise TimedOut(content.message)
            elif kind == "exhausted":
                raise ResourceExhausted(content.message)
            else:
                raise _ChildFailed(content)

    def _ready(self, cancellation: Cancellation | None) -> Connection:
        self.start()
        connection = self._connection
        if connection is None:
            raise RuntimeError("the child was not started")
        if not self._greeted:
            self._next(connection, "start", time.monotonic() + _START_LIMIT_S, cancellation)
            self._greeted = True
        return connection

    def _next(
        self,
        connection: Connection,
        method: str,
        deadline_s: float,
        cancellation: Cancellation | None,
    ) -> tuple[str, Any]:
        while not connection.poll(_LOOK_S):
            self._heed(cancellation)
            if time.monotonic() > deadline_s:
                self.close()
                raise TimedOut(f"{method} took too long")
        try:
            kind, content = connection.recv()
        except (EOFError, ConnectionResetError) as error:
            raise self._crashed(method) from error
        return str(kind), content

    def _crashed(self, method: str) -> "_ChildFailed":
        self.close()
        failure = Failure("component_crashed", "the process ended by itself", where=method)
        return _ChildFailed(failure)

    def _heed(self, cancellation: Cancellation | None) -> None:
        """Ends the child when its work is not wanted any more, for whatever reason."""
        try:
            wanted = cancellation is None or not cancellation.requested
        except Exception:
            self.close()
            raise
        if not wanted:
            self.close()
            raise Cancelled("cancelled while working")


class _ChildFailed(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


def _kill_tree(pid: int) -> None:
    """Kills a child and its descendants; the child itself is left for its parent to reap."""
    try:
        parent = psutil.Process(pid)
        descendants = parent.children(recursive=True)
        parent.kill()
    except psutil.NoSuchProcess:
        return
    for process in descendants:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    deadline_s = time.monotonic() + _GONE_LIMIT_S
    for process in descendants:
        _await_end(process, limit_s=max(0.0, deadline_s - time.monotonic()))


def _await_end(process: psutil.Process, *, limit_s: float) -> None:
    """Until a killed descendant has ended, with all of its threads.

    Not until it is reaped, which is the part of whoever took it over: where nobody does that at
    once, as in many containers, every run would wait here for as long as is allowed.
    """
    try:
        end = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return
    except OSError:  # a sandbox that does not know the call
        psutil.wait_procs([process], timeout=limit_s)
        return
    try:
        wait([end], limit_s)
    finally:
        os.close(end)


@contextmanager
def _computing_on_one_thread() -> Iterator[None]:
    """What is spawned within computes on one thread: a machine's workers share its cores.

    Numpy's linear algebra reads the environment when it is loaded, which is before any line of ours
    runs in the child: it has to be born with it. Sums then do not depend on the number of cores.
    """
    with _ENVIRONMENT:
        before = {name: os.environ.get(name) for name in _THREADS}
        os.environ.update(dict.fromkeys(_THREADS, "1"))
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value
