"""A server that describes its model and fails at computing, call by call (R-507, R-508)."""

from types import ModuleType

import grpc
import numpy as np
import pytest

from adapters.memory.pauses import NoPauses
from adapters.triton.client import TritonClients, ping
from application.errors import AdapterError
from application.ports.inference import (
    InferenceForbidden,
    InferenceUnavailable,
    ModelInputRefused,
    ModelNotFound,
)
from application.retrying import PAUSES_S, Retrying
from tests.planted import without
from tests.servers.made_triton import SILENT, Ending, made_triton

CLIENT, INFERENCE = "adapters.triton.client", "adapters.triton.inference"
UNTOUCHED = "ANSWER_S, TritonClients, meaning"
FOUR = {"x": np.arange(12, dtype=np.float32).reshape(4, 3)}
SOON_S = 0.3


def _asked(
    ends: Ending, *, fits: int = 0, inference: ModuleType | None = None
) -> tuple[list[int], list[float], Exception | None]:
    """Items of each call, pauses between them, and how it ended; calls of `fits` are answered."""
    module, pauses = inference or without(INFERENCE, UNTOUCHED, UNTOUCHED), NoPauses()
    with made_triton(lambda count: None if count <= fits else ends) as server:
        serving = module.TritonInference(
            TritonClients(server.address), {"doubling": "1"}, Retrying(pauses), timeout_s=SOON_S
        )
        ended: Exception | None = None
        try:
            answer = serving.infer("doubling", FOUR)["y"]
            np.testing.assert_array_equal(answer, 2 * FOUR["x"])
        except (AdapterError, MemoryError) as error:
            ended = error
        return server.items, pauses.waited_s, ended


@pytest.mark.parametrize(
    "ends", [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, SILENT]
)
def test_a_computation_that_may_pass_is_asked_twice_more(ends: Ending) -> None:
    """R-507: 503, 504, and a server that does not answer in time."""
    items, waited_s, ended = _asked(ends)
    assert items == [4, 4, 4]
    assert waited_s == list(PAUSES_S)
    assert isinstance(ended, InferenceUnavailable)
    guard = "self.retrying(lambda: _told(name, lambda: self._ask(known, part)))"
    bare = without(INFERENCE, guard, "_told(name, lambda: self._ask(known, part))")
    assert _asked(ends, inference=bare)[0] == [4]


@pytest.mark.parametrize(
    ("ends", "kind"),
    [
        (grpc.StatusCode.NOT_FOUND, ModelNotFound),
        (grpc.StatusCode.UNAUTHENTICATED, InferenceForbidden),
        (grpc.StatusCode.PERMISSION_DENIED, InferenceForbidden),
        (grpc.StatusCode.INVALID_ARGUMENT, ModelInputRefused),
    ],
)
def test_a_computation_that_cannot_work_is_asked_once(
    ends: Ending, kind: type[AdapterError]
) -> None:
    """R-507: never 404 or 401."""
    items, waited_s, ended = _asked(ends)
    assert (items, waited_s) == ([4], [])
    assert isinstance(ended, kind)


def test_a_batch_that_the_server_has_no_memory_for_is_halved_at_most_twice() -> None:
    """R-508: whoever needs more than that is told so, and nobody waits in between."""
    code = grpc.StatusCode.RESOURCE_EXHAUSTED
    assert _asked(code, fits=2) == ([4, 2, 2], [], None)
    assert _asked(code, fits=1) == ([4, 2, 1, 1, 1, 1], [], None)
    items, waited_s, ended = _asked(code)
    assert (items, waited_s) == ([4, 2, 1], [])
    assert isinstance(ended, MemoryError)
    guard = 'status == "RESOURCE_EXHAUSTED" or '
    failing = without(INFERENCE, UNTOUCHED, UNTOUCHED, meaning=without(CLIENT, guard, "").meaning)
    assert _asked(code, fits=2, inference=failing)[0] == [4]


def test_a_server_that_is_starting_is_not_healthy() -> None:
    """It answers, though it takes no requests yet."""
    with made_triton(is_ready=False) as server:
        with pytest.raises(InferenceUnavailable, match="starting"):
            ping(TritonClients(server.address))
        without(CLIENT, "if not is_ready:", "if False:").ping(TritonClients(server.address))
    with made_triton() as server:
        ping(TritonClients(server.address))
