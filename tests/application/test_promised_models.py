"""Who serves other weights under a known name and version is refused, not believed (R-304)."""

from dataclasses import replace

import numpy as np
import pytest

from adapters.memory.inference import Arrays, MadeModel, MemoryInference
from application.ports.inference import ModelNotFound
from application.promised_models import PromisedModels
from domain.served_model import ServedModel
from tests.planted import without

SERVED = ServedModel(name="faces", version="2", weights_sha256="ab" * 32, engine="made")
WEIGHTS = {"faces": f"{'ab' * 32}:2"}
ONE = {"x": np.ones((1, 1), dtype=np.float32)}


def _same(inputs: Arrays) -> Arrays:
    return {"y": inputs["x"]}


def _serving(served: ServedModel) -> MemoryInference:
    made = MadeModel(served=served, inputs={"x": ((1,), "float32")}, compute=_same)
    return MemoryInference({"faces": made})


def test_the_promised_weights_answer() -> None:
    promised = PromisedModels(_serving(SERVED), WEIGHTS)
    assert promised.model("faces") == SERVED
    assert promised.infer("faces", ONE)["y"].tolist() == [[1.0]]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(SERVED, weights_sha256="cd" * 32), id="weights"),
        pytest.param(replace(SERVED, version="1"), id="version"),
    ],
)
def test_others_are_not_asked(other: ServedModel) -> None:
    """R-205, R-509: their results would be kept and reused as those of the promised model."""
    serving = _serving(other)
    promised = PromisedModels(serving, WEIGHTS)
    for ask in (lambda: promised.model("faces"), lambda: promised.infer("faces", ONE)):
        with pytest.raises(ModelNotFound, match="other weights"):
            ask()
    assert serving.calls == []


def test_without_the_comparison_they_would_be() -> None:
    guard = "        self.model(name)\n        return self.serving.infer"
    planted = without("application.promised_models", guard, "        return self.serving.infer")
    other = replace(SERVED, weights_sha256="cd" * 32)
    assert planted.PromisedModels(_serving(other), WEIGHTS).infer("faces", ONE)["y"].size == 1
