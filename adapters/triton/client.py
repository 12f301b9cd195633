"""One client of a Triton server for each thread of each process, and what its failures mean."""

import os
import threading
from dataclasses import dataclass, field
from typing import Any

from tritonclient.grpc import InferenceServerClient
from tritonclient.utils import InferenceServerException

from application.errors import AdapterError
from application.ports.inference import (
    InferenceForbidden,
    InferenceUnavailable,
    ModelInputRefused,
    ModelNotFound,
)

ANSWER_S = 2.0
"""So long a question about the server itself may take."""

_CHANNEL = [
    # As tritonclient has them where nothing is said: answers of any size.
    ("grpc.max_send_message_length", -1),
    ("grpc.max_receive_message_length", -1),
    # Left to itself gRPC waits for up to two minutes before it looks for a server that was away.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 500),
]

_AWAY = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED", "ABORTED"}
_FORBIDDEN = {"UNAUTHENTICATED", "PERMISSION_DENIED"}
_NO_MEMORY = ("bad_alloc", "bad allocation", "allocate memory", "out of memory", "memoryerror")


@dataclass(slots=True)
class TritonClients:
    """Clients of the server at `host:port`, made where they are used.

    gRPC's channels do not live through a fork, and one that is shared makes threads wait for each
    other: each thread of each process has its own.
    """

    address: str
    is_secure: bool = False
    _own: threading.local = field(default_factory=threading.local, init=False)

    def client(self) -> InferenceServerClient:
        owner = os.getpid()
        if getattr(self._own, "pid", None) != owner:
            self._own.client = InferenceServerClient(
                self.address, ssl=self.is_secure, channel_args=_CHANNEL
            )
            self._own.pid = owner
        return self._own.client


def ping(clients: TritonClients) -> None:
    """Asks whether the server takes requests. Raises InferenceUnavailable, InferenceForbidden."""
    try:
        is_ready = clients.client().is_server_ready(client_timeout=ANSWER_S)
    except InferenceServerException as error:
        raise meaning(error, "the server") from error
    if not is_ready:
        raise InferenceUnavailable("the server is starting")


def meaning(error: Any, name: str) -> Exception:
    """What a failure of the server means to us; its words may hold an address and are not told."""
    status = str(error.status() or "").removeprefix("StatusCode.")
    words = str(error).lower()
    if status == "RESOURCE_EXHAUSTED" or any(word in words for word in _NO_MEMORY):
        return MemoryError(f"no memory for {name} on the server")
    if status in _AWAY:
        return InferenceUnavailable(f"{name}: {status.lower()}")
    if status == "NOT_FOUND":
        return ModelNotFound(f"{name} is not served there: run `trendflow models build`")
    if status == "INVALID_ARGUMENT":
        return ModelInputRefused(f"{name} takes no such arrays")
    if status in _FORBIDDEN:
        return InferenceForbidden(f"{name}: {status.lower()}")
    return AdapterError(f"{name}: {status.lower() or 'no status'}", code="inference_failed")
