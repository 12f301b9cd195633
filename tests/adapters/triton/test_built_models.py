"""Every model of the manifest by a real Triton and in process: the same files and answers.

What Triton does not read, an engine of its own serves in process beside it, by design.
"""

from pathlib import Path

import numpy as np
import onnx
import pytest
from google.protobuf import text_format
from tritonclient.grpc import model_config_pb2

from adapters.model_repository.lookup import word_key
from adapters.model_repository.manifest import models_of, read_manifest
from application.ports.inference import Inference
from application.ports.model_repository import ModelEntry, Tensor
from entrypoints.container import Container
from entrypoints.inference import FOLDER, URL
from entrypoints.settings import Settings
from tests.components.served import needing
from tests.outside import MODELS
from tests.servers.triton import PrivateTriton

pytestmark = pytest.mark.slow

ENTRIES = {entry.name: entry for entry in read_manifest()}
ENGINES = {"onnx": "triton ", "ctranslate2": "ctranslate2 ", "tesseract": "tesseract"}
"""Who answers where a Triton server is named: a new engine has to be decided upon here."""
LENGTHS = {"N": 2, "windows": 40, "height": 64, "width": 96, "frames": 200, "words": 5}
LENGTHS |= {"pieces": 12, "keys": 40}
NAMES = ("анна", "иванова", "живёт", "в", "москве")
SHAPES_OF_WORDS = 66
TOLERANCE = 1e-5
IR_MAX, OPSET_MAX = 10, 21
"""What ONNX Runtime 1.19 reads, which stands in Triton's ONNX backend of the server's release."""


def _installation(folder: Path, **environment: str) -> Inference:
    settings = Settings.read({FOLDER: str(MODELS), **environment}, data_dir=folder)
    return Container(settings=settings).inference()


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Inference:
    """An installation without a server."""
    return _installation(tmp_path_factory.mktemp("here"))


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory, built_triton: PrivateTriton) -> Inference:
    """An installation that differs in one setting."""
    return _installation(tmp_path_factory.mktemp("there"), **{URL: built_triton.url})


def _values(entry: ModelEntry, tensor: Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.generic]]:
    """What the model can know, made by chance: of numbers the first ones, of words real ones."""
    seeds = np.random.default_rng(7)
    shape = [LENGTHS[each] if isinstance(each, str) else each for each in tensor.shape]
    values: np.ndarray[tuple[int, ...], np.dtype[np.generic]]
    if (entry.name, tensor.name) == ("slovnet_ner", "words"):
        values = np.array([[word_key(word.encode()) for word in NAMES]] * shape[0])
    elif tensor.type == "uint8":
        values = seeds.integers(0, 256, shape)
    elif tensor.type == "int64":
        values = seeds.integers(0, SHAPES_OF_WORDS, shape)
    elif tensor.name == "width_px":
        values = np.full(shape, LENGTHS["width"])
    elif tensor.name.endswith("_s"):
        values = seeds.uniform(1, 30, shape)
    else:
        values = seeds.normal(size=shape)
    return values.astype(tensor.type)


@pytest.mark.parametrize("name", ENTRIES)
def test_both_answer_the_same(here: Inference, there: Inference, name: str) -> None:
    needing(name)
    entry = ENTRIES[name]
    items = {tensor.name: _values(entry, tensor) for tensor in entry.inputs}
    ours, theirs = here.infer(name, items), there.infer(name, items)
    assert set(ours) == set(theirs) == {tensor.name for tensor in entry.outputs}
    for key, value in ours.items():
        assert theirs[key].dtype == value.dtype
        if value.dtype.kind == "U":
            assert theirs[key].tolist() == value.tolist()
        else:
            np.testing.assert_allclose(theirs[key], value, rtol=TOLERANCE, atol=TOLERANCE)
    assert there.model(name).engine.startswith(ENGINES[entry.engine])
    assert there.model(name).weights_sha256 == here.model(name).weights_sha256
    assert there.model(name).batch_max == here.model(name).batch_max == entry.batch_max


@pytest.mark.parametrize("name", models_of("onnx"))
def test_a_production_server_is_told_of_the_same_files(name: str) -> None:
    """Triton's own schema reads the description; its ONNX backend reads such graphs."""
    needing(name)
    entry, place = ENTRIES[name], MODELS / name
    config = text_format.Parse((place / "config.pbtxt").read_text(), model_config_pb2.ModelConfig())
    assert (config.name, config.backend) == (name, "onnxruntime")
    graph = onnx.load(place / entry.version / "model.onnx")
    assert graph.ir_version <= IR_MAX
    assert {each.domain for each in graph.opset_import} <= {"", "ai.onnx", "ai.onnx.ml"}
    assert all(each.version <= OPSET_MAX for each in graph.opset_import if not each.domain)
    for told, made in ((config.input, entry.inputs), (config.output, entry.outputs)):
        assert [each.name for each in told] == [tensor.name for tensor in made]
        for value, tensor in zip(told, made, strict=True):
            assert _dims(value, is_batching=config.max_batch_size > 0) == [
                -1 if isinstance(length, str) else length for length in tensor.shape
            ]
    assert max(1, config.max_batch_size) == entry.batch_max
    assert config.HasField("dynamic_batching") == (entry.batch_max > 1)
    # Where an older version of another shape was built here, Triton is told which it may serve.
    policy = config.version_policy
    assert policy.latest.num_versions == 2 or int(entry.version) in policy.specific.versions
    assert config.parameters["weights_sha256"].string_value == entry.weights_sha256
    assert config.parameters["intra_op_thread_count"].string_value == "1"


def _dims(value: model_config_pb2.ModelInput, *, is_batching: bool) -> list[int]:
    """The shape as the graph has it: Triton is not told of the axis that counts items."""
    item = list(value.reshape.shape) if value.HasField("reshape") else list(value.dims)
    return [-1, *item] if is_batching else item
