"""Every way of serving models against the one suite."""

import numpy as np
import pytest

from adapters.memory.inference import Arrays, MadeModel, MemoryInference
from adapters.memory.pauses import NoPauses
from adapters.onnx.inference import OnnxInference
from adapters.triton.client import TritonClients
from adapters.triton.inference import TritonInference
from application.retrying import Retrying
from domain.served_model import ServedModel
from tests.contracts.inference import BATCH_MAX, DOUBLING, SUMMING, InferenceContract
from tests.onnx_models import write_repository
from tests.servers.triton import PrivateTriton


def _served(name: str, batch_max: int) -> ServedModel:
    return ServedModel(
        name=name, version="1", weights_sha256="0" * 64, engine="made", batch_max=batch_max
    )


def _double(inputs: Arrays) -> Arrays:
    return {"y": 2 * inputs["x"]}


def _sum(inputs: Arrays) -> Arrays:
    return {"total": inputs["x"].sum(axis=1).astype(np.float32)}


class TestMemoryInference(InferenceContract):
    @pytest.fixture
    def inference(self) -> MemoryInference:
        doubling = MadeModel(
            served=_served(DOUBLING, BATCH_MAX), inputs={"x": ((3,), "float32")}, compute=_double
        )
        summing = MadeModel(
            served=_served(SUMMING, 1), inputs={"x": ((None,), "uint8")}, compute=_sum
        )
        return MemoryInference({DOUBLING: doubling, SUMMING: summing})

    def test_it_keeps_how_many_items_each_call_carried(self, inference: MemoryInference) -> None:
        inference.infer(DOUBLING, {"x": np.zeros((6, 3), dtype=np.float32)})
        assert inference.calls == [(DOUBLING, 4), (DOUBLING, 2)]


class TestOnnxInference(InferenceContract):
    @pytest.fixture(scope="class")
    @staticmethod
    def inference(tmp_path_factory: pytest.TempPathFactory) -> OnnxInference:
        folder = tmp_path_factory.mktemp("models")
        return OnnxInference(folder, write_repository(folder))


class TestTritonInference(InferenceContract):
    @pytest.fixture
    def inference(self, triton_server: PrivateTriton) -> TritonInference:
        versions = {DOUBLING: "1", SUMMING: "1"}
        clients, retrying = TritonClients(triton_server.address), Retrying(NoPauses())
        return TritonInference(clients, versions, retrying)
