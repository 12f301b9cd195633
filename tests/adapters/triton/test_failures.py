"""What is tried again, what never, and what each failure of a server means (R-507)."""

import grpc
import numpy as np
import pytest

from adapters.memory.pauses import NoPauses
from adapters.triton.client import TritonClients, ping
from adapters.triton.inference import TritonInference
from application.errors import AdapterError
from application.ports.inference import (
    InferenceForbidden,
    InferenceUnavailable,
    ModelInputRefused,
    ModelNotFound,
)
from application.retrying import PAUSES_S, Retrying
from tests.servers.failing_grpc import failing

ONE = {"x": np.ones((1, 3), dtype=np.float32)}


def _asking(address: str, pauses: NoPauses) -> TritonInference:
    clients = TritonClients(address)
    retrying = Retrying(pauses)
    return TritonInference(clients, {"doubling": "1"}, retrying, timeout_s=0.2, answer_s=0.2)


@pytest.mark.parametrize(
    "code", [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, None]
)
def test_what_may_pass_is_tried_twice_more(code: grpc.StatusCode | None) -> None:
    """R-507: 503, 504 and a time-out; without a code the server never answers."""
    pauses = NoPauses()
    with failing(code) as server, pytest.raises(InferenceUnavailable) as failed:
        _asking(server.address, pauses).infer("doubling", ONE)
    assert failed.value.retryable
    assert len(server.calls) == 3
    assert pauses.waited_s == list(PAUSES_S)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (grpc.StatusCode.NOT_FOUND, ModelNotFound),
        (grpc.StatusCode.UNAUTHENTICATED, InferenceForbidden),
        (grpc.StatusCode.PERMISSION_DENIED, InferenceForbidden),
        (grpc.StatusCode.INVALID_ARGUMENT, ModelInputRefused),
        (grpc.StatusCode.INTERNAL, AdapterError),
    ],
)
def test_what_cannot_work_is_asked_once(code: grpc.StatusCode, kind: type[AdapterError]) -> None:
    """R-507: never 404 or 401."""
    pauses = NoPauses()
    with failing(code) as server, pytest.raises(kind) as failed:
        _asking(server.address, pauses).infer("doubling", ONE)
    assert not failed.value.retryable
    assert len(server.calls) == 1
    assert pauses.waited_s == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (grpc.StatusCode.RESOURCE_EXHAUSTED, "no"),
        (grpc.StatusCode.INTERNAL, "Failed to allocate memory for requested buffer"),
    ],
)
def test_a_server_without_memory_is_told_as_such(code: grpc.StatusCode, words: str) -> None:
    """R-508: the batch is halved by whoever cut it."""
    with failing(code, words) as server, pytest.raises(MemoryError):
        _asking(server.address, NoPauses()).infer("doubling", ONE)


def test_nobody_at_the_address_is_tried_again(unused_port: int) -> None:
    """R-507: a connection that is refused."""
    pauses = NoPauses()
    with pytest.raises(InferenceUnavailable):
        _asking(f"127.0.0.1:{unused_port}", pauses).infer("doubling", ONE)
    assert pauses.waited_s == list(PAUSES_S)


def test_a_failure_tells_nothing_of_the_servers_words() -> None:
    words = "postgres://name:secret@10.0.0.1"
    with failing(grpc.StatusCode.INTERNAL, words) as server, pytest.raises(AdapterError) as failed:
        ping(TritonClients(server.address))
    assert "secret" not in str(failed.value)
    assert failed.value.code == "inference_failed"
