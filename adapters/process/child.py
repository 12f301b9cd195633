"""The child's side: builds an analyst once, then answers orders until its parent is gone."""

import ctypes
import errno
import importlib
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, Protocol

from application.errors import AdapterError, ResourceExhausted
from application.origins import kind_and_origin
from application.ports.analyst import StepFailed
from domain.errors import DomainError
from domain.run import Failure

_PR_SET_PDEATHSIG = 1


class Local(Protocol):
    """The analyst inside the child: plain calls, no time-outs of its own."""

    def segment(self, order: Any, *, on_progress: Callable[[float], None]) -> Any: ...

    def measure(self, order: Any) -> Any: ...

    def measure_together(self, orders: Any, at_once: int) -> Any: ...

    def jpegs(self, run_id: Any, indices: Any) -> Any: ...


def serve(connection: Connection, factory: str, arguments: tuple[Any, ...], memory: int) -> None:
    """Entry of the child. `factory` is `module:function`; `memory` its address space in bytes.

    The child dies with its parent and leaves interrupts from the keyboard to it.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid != os.getppid():
        return  # it died before the signal was asked for
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    module, function = factory.split(":")
    local: Local = getattr(importlib.import_module(module), function)(*arguments)
    # A parent that dies closes the pipe a moment before its death signal comes.
    with suppress(EOFError, ConnectionError):
        connection.send(("ready", None))
        while True:
            method, given = connection.recv()
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
    except Exception as error:  # noqa: BLE001 - every end is told to the worker
        return _told(error, method)


def _told(error: Exception, method: str) -> tuple[str, Failure]:
    """How an order ended; a bug by name and place alone, because its text may be the user's."""
    kind, code = "failed", "internal_error"
    message = kind_and_origin(error)
    match error:
        case StepFailed():
            return kind, error.failure
        case DomainError():
            return kind, Failure.of(error, where=method)
        case ResourceExhausted():
            kind, code, message = "exhausted", error.code, str(error)
        case AdapterError():
            kind = "retry" if error.retryable else kind
            code, message = error.code, str(error)
        case MemoryError():
            code, message = "out_of_memory", f"{method} needs more memory"
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            kind, code, message = "exhausted", "resource_exhausted", "the disk is full"
    return kind, Failure(code, message, where=method)
