"""Models of the real repository, by Triton and in process: the same files, the same answers."""

from collections.abc import Iterator

import numpy as np
import pytest

from adapters.memory.pauses import NoPauses
from adapters.model_repository.manifest import read_manifest, versions
from adapters.onnx.inference import OnnxInference
from adapters.triton.client import TritonClients
from adapters.triton.inference import TritonInference
from application.ports.inference import Inference
from application.ports.model_repository import ModelEntry
from application.retrying import Retrying
from tests.components.served import needing
from tests.outside import MODELS, require
from tests.servers.triton import private_triton

ASKED = ("blazeface", "movenet", "silero_vad", "use_pieces")
"""Items that go together; one a call, of which Triton is told no batch; items without an axis."""
LENGTHS = {"N": 3, "windows": 40}
TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inference]:
    """Yield a real server of some of the models that are built on this machine."""
    needing(*ASKED)
    repository = tmp_path_factory.mktemp("repository")
    for name in ASKED:
        (repository / name).symlink_to(MODELS.absolute() / name)
    with private_triton(require("triton"), repository) as server:
        clients = TritonClients(server.address)
        yield TritonInference(clients, versions(), Retrying(NoPauses()))


def _items(entry: ModelEntry) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]:
    seeds = np.random.default_rng(7)
    found = {}
    for tensor in entry.inputs:
        shape = [LENGTHS[each] if isinstance(each, str) else each for each in tensor.shape]
        values = (
            seeds.integers(0, 256, shape) if tensor.type == "uint8" else seeds.normal(size=shape)
        )
        found[tensor.name] = values.astype(tensor.type)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ASKED)
def test_both_answer_the_same(there: Inference, name: str) -> None:
    (entry,) = (each for each in read_manifest() if each.name == name)
    here, items = OnnxInference(MODELS, versions()), _items(entry)
    ours, theirs = here.infer(name, items), there.infer(name, items)
    assert set(ours) == set(theirs) == {tensor.name for tensor in entry.outputs}
    for key, value in ours.items():
        np.testing.assert_allclose(theirs[key], value, rtol=TOLERANCE, atol=TOLERANCE)
    assert there.model(name).weights_sha256 == here.model(name).weights_sha256
    assert there.model(name).batch_max == here.model(name).batch_max == entry.batch_max
