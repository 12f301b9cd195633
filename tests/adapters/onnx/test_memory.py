"""What computing models leaves in memory: as much after many calls as after a few."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from adapters.onnx.inference import OnnxInference
from tests.contracts.inference import BATCH_MAX, DOUBLING
from tests.onnx_models import write_repository
from tests.outside import ROOT

GROWTH_MAX_MIB = 8
FIRST_MIB = 64

_ASKED = """
import resource, sys
from pathlib import Path
import numpy as np
from adapters.onnx.inference import OnnxInference

def resident_mib():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20

inference = OnnxInference(Path(sys.argv[1]), {"summing": "1"})

def ask(mib, times):
    items = np.ones((1, mib << 20), dtype=np.uint8)
    return [(inference.infer("summing", {"x": items}), bytes(2048)) for _ in range(times)]
"""


def _after(script: str, folder: Path) -> list[float]:
    """The numbers that a process of its own prints: memory of this one has a history."""
    write_repository(folder)
    done = subprocess.run(
        [sys.executable, "-c", _ASKED + script, str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [float(word) for word in done.stdout.split()]


def test_memory_does_not_grow_with_the_number_of_calls(tmp_path: Path) -> None:
    """A call computes with 4 MiB; whoever asks keeps little things between the calls.

    In glibc's heap each of the 60 calls found no room where the one before it had been: 240 MiB.
    """
    script = "kept = ask(1, 5); print(resident_mib()); kept += ask(1, 60); print(resident_mib())"
    few, many = _after(script, tmp_path)
    assert many - few < GROWTH_MAX_MIB


def test_a_large_call_gives_back_what_it_took(tmp_path: Path) -> None:
    """It computes with 512 MiB, of which the first piece alone may stay for the process."""
    script = "ask(1, 1); print(resident_mib()); ask(128, 2); print(resident_mib())"
    before, after = _after(script, tmp_path)
    assert after - before < FIRST_MIB + GROWTH_MAX_MIB


@pytest.mark.parametrize("count", [1, BATCH_MAX, BATCH_MAX + 1])
def test_an_answer_that_is_kept_keeps_nothing_else(tmp_path: Path, count: int) -> None:
    """Not the arena it was computed in: its array owns what it shows."""
    inference = OnnxInference(tmp_path, write_repository(tmp_path))
    answer = inference.infer(DOUBLING, {"x": np.ones((count, 3), dtype=np.float32)})["y"]
    assert answer.base is None
    assert answer.flags.owndata
