"""What `TritonInference` promises, each seen to be needed by taking it away (R-507, R-508)."""

from types import ModuleType

import grpc
import numpy as np
import pytest

from adapters.memory.pauses import NoPauses
from adapters.triton.client import TritonClients
from application.errors import AdapterError
from application.retrying import Retrying
from tests.planted import without
from tests.servers.failing_grpc import failing

ONE = {"x": np.ones((1, 3), dtype=np.float32)}
CLIENT, INFERENCE, BATCHES = (
    "adapters.triton.client",
    "adapters.triton.inference",
    "application.inference_batches",
)


def _calls(
    client: ModuleType, code: grpc.StatusCode, *, inference: ModuleType | None = None
) -> int:
    """How often a server that only fails is asked."""
    asking = inference or without(INFERENCE, "ANSWER_S, ", "ANSWER_S, ", meaning=client.meaning)
    with failing(code) as server:
        serving = asking.TritonInference(
            TritonClients(server.address),
            {"doubling": "1"},
            Retrying(NoPauses()),
            timeout_s=0.2,
            answer_s=0.2,
        )
        with pytest.raises((AdapterError, MemoryError)):
            serving.infer("doubling", ONE)
        return len(server.calls)


AWAY = '_AWAY = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED", "ABORTED"}'
GUARDS = {
    "503 is tried again": (
        AWAY,
        '_AWAY = {"DEADLINE_EXCEEDED"}',
        grpc.StatusCode.UNAVAILABLE,
        3,
        1,
    ),
    "504 is tried again": (
        AWAY,
        '_AWAY = {"UNAVAILABLE"}',
        grpc.StatusCode.DEADLINE_EXCEEDED,
        3,
        1,
    ),
    "404 is not": (
        'if status == "NOT_FOUND":',
        'if status == "NOT_FOUND":\n        return InferenceUnavailable(name)\n    if not status:',
        grpc.StatusCode.NOT_FOUND,
        1,
        3,
    ),
    "401 is not": (
        "return InferenceForbidden(",
        "return InferenceUnavailable(",
        grpc.StatusCode.UNAUTHENTICATED,
        1,
        3,
    ),
}


@pytest.mark.parametrize("what", GUARDS)
def test_each_meaning_of_a_failure_decides_how_often_is_asked(what: str) -> None:
    """R-507."""
    guard, instead, code, kept, removed = GUARDS[what]
    assert _calls(without(CLIENT, guard, guard), code) == kept
    assert _calls(without(CLIENT, guard, instead), code) == removed


def test_without_retrying_a_server_that_is_away_is_asked_once() -> None:
    """R-507."""
    guard = "self.retrying(lambda: _told(name, lambda: self._described(name)))"
    planted = without(INFERENCE, guard, "_told(name, lambda: self._described(name))")
    client = without(CLIENT, AWAY, AWAY)
    assert _calls(client, grpc.StatusCode.UNAVAILABLE, inference=planted) == 1


def _asked(batches: ModuleType, *, fits: int) -> list[int]:
    asked: list[int] = []

    def call(part: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]]) -> object:
        asked.append(len(part["x"]))
        if asked[-1] > fits:
            raise MemoryError
        return {"y": part["x"]}

    try:
        batches.in_batches("m", {"x": np.arange(16)}, batch_max=16, call=call)
    except MemoryError:
        asked.append(0)
    return asked


HALVING: dict[str, tuple[str, str, list[int], list[int]]] = {
    "a batch without memory is halved": (
        "size == 1 or halvings == halvings_max",
        "True",
        [16, 8, 8],
        [16, 0],
    ),
    "at most twice": (
        "size == 1 or halvings == halvings_max",
        "size == 1",
        [16, 8, 4, 0],
        [16, 8, 4, 2, 1, 0],
    ),
}
FITS: dict[str, int] = {"a batch without memory is halved": 8, "at most twice": 0}


@pytest.mark.parametrize("what", HALVING)
def test_a_batch_is_halved_and_at_most_twice(what: str) -> None:
    """R-508."""
    guard, instead, kept, removed = HALVING[what]
    assert _asked(without(BATCHES, guard, guard), fits=FITS[what]) == kept
    assert _asked(without(BATCHES, guard, instead), fits=FITS[what]) == removed
