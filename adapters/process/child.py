"""The child's side: builds an analyst once, then answers orders until its parent is gone."""

import ctypes
import importlib
import os
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Protocol

from application.errors import AdapterError
from application.ports.analyst import StepFailed
from domain.errors import DomainError
from domain.run import Failure

_PR_SET_PDEATHSIG = 1


class Local(Protocol):
    """The analyst inside the child: plain calls, no time-outs of its own."""

    def segment(self, order: Any, *, on_progress: Callable[[float], None]) -> Any: ...

    def measure(self, order: Any) -> Any: ...

    def jpegs(self, run_id: Any, indices: Any) -> Any: ...


def serve(connection: Connection, factory: str, arguments: tuple[Any, ...], memory: int) -> None:
    """Entry of the child. `factory` is `module:function`; `memory` its address space in bytes.

    The child dies with its parent and leaves interrupts from the keyboard to it.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ[threads] = "1"
    module, function = factory.split(":")
    local: Local = getattr(importlib.import_module(module), function)(*arguments)
    connection.send(("ready", None))
    while True:
        try:
            method, given = connection.recv()
        except EOFError:
            return
        connection.send(_answer(local, method, given, connection))


def _answer(
    local: Local, method: str, given: tuple[Any, ...], connection: Connection
) -> tuple[str, Any]:
    try:
        if method == "segment":

            def tell(share: float) -> None:
                connection.send(("progress", share))

            return "done", local.segment(*given, on_progress=tell)
        return "done", getattr(local, method)(*given)
    except StepFailed as failed:
        return "failed", failed.failure
    except DomainError as refusal:
        return "failed", Failure(refusal.code, str(refusal), where=method)
    except AdapterError as error:
        return ("retry" if error.retryable else "failed"), Failure(
            error.code, str(error), where=method
        )
    except MemoryError:
        return "failed", Failure("out_of_memory", f"{method} needs more memory", where=method)
