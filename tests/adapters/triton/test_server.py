"""The real tritonserver: health, versions, batches put together, a restart in the middle."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from adapters.memory.pauses import NoPauses
from adapters.model_repository.layout import write
from adapters.onnx.inference import OnnxInference
from adapters.triton.client import TritonClients, ping
from adapters.triton.inference import TritonInference
from application.ports.inference import InferenceUnavailable, ModelNotFound
from application.ports.pauses import Pauses
from application.retrying import Retrying
from tests.contracts.inference import DOUBLING, SUMMING
from tests.onnx_models import WEIGHTS_SHA256, described, doubling, write_repository
from tests.outside import require
from tests.servers.triton import PrivateTriton, private_triton

ONE = {"x": np.ones((1, 3), dtype=np.float32)}
COUNTED_WITHIN_S, SETTLED_S = 5.0, 0.2
TOLERANCE = 1e-6
"""Relative: both compute with the same runtime and threads, from the same file."""


def _inference(
    server: PrivateTriton, version: str = "1", pauses: Pauses | None = None
) -> TritonInference:
    versions = {DOUBLING: version, SUMMING: "1"}
    retrying = Retrying(pauses or NoPauses())
    return TritonInference(TritonClients(server.address), versions, retrying)


@pytest.fixture(scope="module")
def versioned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateTriton]:
    """Yield a server of this file's own, of the doubling model in versions 1, 2 and 3."""
    repository = tmp_path_factory.mktemp("repository")
    write_repository(repository)
    for version, factor in (("2", 4.0), ("3", 6.0)):
        write(repository, described(DOUBLING, version=version, batch_max=4), doubling(factor))
    with private_triton(require("triton"), repository) as server:
        yield server


def test_a_server_that_takes_requests_is_healthy(triton_server: PrivateTriton) -> None:
    ping(TritonClients(triton_server.address))


def test_nobody_there_is_unhealthy(unused_port: int) -> None:
    with pytest.raises(InferenceUnavailable):
        ping(TritonClients(f"127.0.0.1:{unused_port}"))


def test_a_model_tells_the_weights_and_who_computes(triton_server: PrivateTriton) -> None:
    """R-304."""
    model = _inference(triton_server).model(DOUBLING)
    assert model.weights_sha256 == WEIGHTS_SHA256
    assert model.engine.startswith("triton 2.")
    assert model.precision == "float32"


def test_the_version_that_this_release_knows_answers(versioned: PrivateTriton) -> None:
    """While one release follows another, each asks for its own version of the two newest."""
    for version, value in (("2", 4.0), ("3", 6.0)):
        inference = _inference(versioned, version)
        assert inference.model(DOUBLING).version == version
        assert inference.infer(DOUBLING, ONE)["y"].tolist() == [[value] * 3]


def test_a_version_that_is_not_served_is_not_replaced_by_another(versioned: PrivateTriton) -> None:
    with pytest.raises(ModelNotFound, match="trendflow models build"):
        _inference(versioned, "1").infer(DOUBLING, ONE)
    with pytest.raises(ModelNotFound):
        _inference(versioned, "1").model(DOUBLING)


def test_single_items_of_many_threads_are_computed_together(triton_server: PrivateTriton) -> None:
    """R-502: batches in the inference server."""
    inference = _inference(triton_server)
    inference.infer(DOUBLING, ONE)
    client = inference.clients.client()

    def counted(least: int) -> tuple[int, int]:
        """Triton counts a call after it has answered it."""
        deadline_s = time.monotonic() + COUNTED_WITHIN_S
        while time.monotonic() < deadline_s:
            (found,) = client.get_inference_statistics(DOUBLING, "1").model_stats
            if found.inference_count >= least:
                break
            time.sleep(0.01)
        time.sleep(SETTLED_S)
        (found,) = client.get_inference_statistics(DOUBLING, "1").model_stats
        return found.inference_count, found.execution_count

    items, computations = counted(1)
    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda _: inference.infer(DOUBLING, ONE), range(128)))
    items_after, computations_after = counted(items + 128)
    assert items_after - items == 128
    assert computations_after - computations < 100


def test_answers_are_those_of_the_runtime_in_process(
    triton_server: PrivateTriton, tmp_path: Path
) -> None:
    here = OnnxInference(tmp_path, write_repository(tmp_path))
    there = _inference(triton_server)
    items = np.random.default_rng(1).normal(size=(9, 3)).astype(np.float32)
    found = [serving.infer(DOUBLING, {"x": items})["y"] for serving in (here, there)]
    np.testing.assert_allclose(found[0], found[1], rtol=TOLERANCE)


def test_a_server_that_starts_anew_in_the_middle_is_waited_for(versioned: PrivateTriton) -> None:
    """R-507: the call that found nobody is made again, and the run goes on."""

    def come_back() -> None:
        versioned.start()
        # The shortest real pause is twice as long: gRPC looks again within half a second.
        time.sleep(1)

    pauses = NoPauses(meanwhile=come_back)
    inference = _inference(versioned, "2", pauses)
    assert inference.infer(DOUBLING, ONE)["y"].tolist() == [[4.0] * 3]
    versioned.stop()
    assert inference.infer(DOUBLING, ONE)["y"].tolist() == [[4.0] * 3]
    assert len(pauses.waited_s) == 1


def test_each_thread_has_a_client_of_its_own(triton_server: PrivateTriton) -> None:
    clients = TritonClients(triton_server.address)
    with ThreadPoolExecutor(1) as other:
        theirs = other.submit(clients.client).result()
    assert clients.client() is clients.client()
    assert clients.client() is not theirs
