"""A component reaches its own models alone, and what it asked is remembered."""

import numpy as np
import pytest

from adapters.memory.inference import Arrays, MadeModel, MemoryInference
from application.declared_models import DeclaredModels
from domain.component import Kind
from domain.served_model import ServedModel
from tests.builders import a_spec


def _same(inputs: Arrays) -> Arrays:
    return {"y": inputs["x"]}


@pytest.mark.parametrize(
    ("count", "halvings", "asked"),
    [(8, 0, [8]), (8, 1, [4, 4]), (8, 2, [2] * 4), (5, 1, [3, 2]), (1, 2, [1]), (20, 1, [8, 8, 4])],
)
def test_where_memory_is_short_a_call_is_asked_in_parts(
    count: int, halvings: int, asked: list[int]
) -> None:
    """R-502, R-508: of what the model takes at once, and the answers are the same."""
    everybody = MemoryInference({"faces": _made("faces", batch_max=16)})
    spec = a_spec("faces", kind=Kind.SERVED_MODEL, models=("faces",))
    items = np.arange(count, dtype=np.float32)[:, None]
    answer = DeclaredModels(spec, everybody, halvings).infer("faces", {"x": items})
    assert np.array_equal(answer["y"], items)
    assert [many for _, many in everybody.calls] == asked


def _made(name: str, *, batch_max: int = 1) -> MadeModel:
    served = ServedModel(
        name=name, version="1", weights_sha256="0" * 64, engine="made", batch_max=batch_max
    )
    return MadeModel(served=served, inputs={"x": ((1,), "float32")}, compute=_same)


@pytest.fixture
def models() -> DeclaredModels:
    everybody = MemoryInference({name: _made(name) for name in ("faces", "mesh", "voices")})
    spec = a_spec("faces", kind=Kind.SERVED_MODEL, models=("faces", "mesh"))
    return DeclaredModels(spec, everybody)


ONE = {"x": np.zeros((1, 1), dtype=np.float32)}


def test_only_what_was_asked_is_told(models: DeclaredModels) -> None:
    """R-304: the models used, not those that might have been."""
    assert not models.asked
    models.infer("mesh", ONE)
    models.infer("mesh", ONE)
    assert [model.name for model in models.asked] == ["mesh"]


def test_a_model_that_the_spec_does_not_name_is_out_of_reach(models: DeclaredModels) -> None:
    with pytest.raises(KeyError, match="voices"):
        models.infer("voices", ONE)
    with pytest.raises(KeyError, match="voices"):
        models.model("voices")


def test_models_go_with_the_kind_alone() -> None:
    with pytest.raises(ValueError, match="models"):
        a_spec("faces", models=("faces",))
    with pytest.raises(ValueError, match="models"):
        a_spec("faces", kind=Kind.SERVED_MODEL)
