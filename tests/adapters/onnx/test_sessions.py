"""Models in this process: loaded once, kept warm within bounds, and honest when memory is out."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from adapters.onnx.inference import OnnxInference
from application.errors import AdapterError
from application.ports.inference import ModelNotFound
from tests.contracts.inference import BATCH_MAX, DOUBLING, SUMMING
from tests.onnx_models import WEIGHTS_SHA256, write_repository
from tests.outside import ROOT

ONE = {"x": np.ones((1, 3), dtype=np.float32)}
FEW = {"x": np.ones((1, 5), dtype=np.uint8)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_repository(tmp_path)
    return tmp_path


def _inference(folder: Path, **limits: int) -> OnnxInference:
    return OnnxInference(folder, {DOUBLING: "1", SUMMING: "1"}, **limits)


def test_a_model_is_loaded_when_it_is_first_asked_for_and_stays(folder: Path) -> None:
    inference = _inference(folder)
    assert not inference.loaded
    first = inference.infer(DOUBLING, ONE)["y"]
    (folder / DOUBLING / "1" / "model.onnx").unlink()
    np.testing.assert_array_equal(inference.infer(DOUBLING, ONE)["y"], first)
    assert inference.loaded == (DOUBLING,)


def test_threads_that_want_a_model_at_once_share_one_session(folder: Path) -> None:
    inference = _inference(folder)
    with ThreadPoolExecutor(8) as threads:
        sessions = set(threads.map(lambda _: id(inference._model(DOUBLING).session), range(16)))
    assert len(sessions) == 1


def test_the_model_asked_longest_ago_makes_room(folder: Path) -> None:
    """Memory of weights is bounded; what went is loaded again when it is asked for."""
    inference = _inference(folder, weights_bytes_max=1)
    inference.infer(DOUBLING, ONE)
    inference.infer(SUMMING, FEW)
    assert inference.loaded == (SUMMING,)
    assert inference.infer(DOUBLING, ONE)["y"].tolist() == [[2, 2, 2]]


def test_one_thread_computes_a_call(folder: Path) -> None:
    """Kernel threads are fixed: cores are shared out among components, not taken by one."""
    chosen = _inference(folder)._model(DOUBLING).session.get_session_options()
    assert (chosen.intra_op_num_threads, chosen.inter_op_num_threads) == (1, 1)


def test_a_model_tells_the_weights_it_was_made_from(folder: Path) -> None:
    """R-304."""
    model = _inference(folder).model(DOUBLING)
    assert model.weights_sha256 == WEIGHTS_SHA256
    assert (model.version, model.batch_max) == ("1", BATCH_MAX)
    assert model.engine.startswith("onnxruntime ")


def test_a_version_that_was_not_built_is_not_served(folder: Path) -> None:
    """Another version of the same model is other weights: it is not taken instead."""
    with pytest.raises(ModelNotFound, match="trendflow models build doubling"):
        OnnxInference(folder, {DOUBLING: "2"}).infer(DOUBLING, ONE)


def test_a_broken_file_is_told_with_what_to_do(folder: Path) -> None:
    (folder / DOUBLING / "1" / "model.onnx").write_bytes(b"\x00nothing")
    with pytest.raises(AdapterError, match="trendflow models verify") as failed:
        _inference(folder).infer(DOUBLING, ONE)
    assert failed.value.code == "model_unreadable"


_STARVED = """
import resource, sys
from pathlib import Path
import numpy as np
from adapters.onnx.inference import OnnxInference
inference = OnnxInference(Path(sys.argv[1]), {"summing": "1"})
inference.infer("summing", {"x": np.ones((1, 5), dtype=np.uint8)})
big = np.ones((1, 128 << 20), dtype=np.uint8)
taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + (256 << 20), resource.RLIM_INFINITY))
try:
    inference.infer("summing", {"x": big})
except MemoryError:
    print("out of memory")
"""


def test_a_machine_without_memory_is_told_as_such(folder: Path) -> None:
    """R-508: four bytes for each of 128 MiB do not fit into 256 MiB."""
    done = subprocess.run(
        [sys.executable, "-c", _STARVED, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "out of memory", done.stderr
