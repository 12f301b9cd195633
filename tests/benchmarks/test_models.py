"""Throughput of every served model: the bare runtime, ours in process, and a real Triton server.

`make bench PYTEST_ARGS="-k throughput"`; one model alone by adding its name. Limit: the same file
in a bare session of ONNX Runtime with one thread, asked the same items in the same rounds.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from adapters.components.audio.whisper_mel import whisper_mel
from adapters.ctranslate2.inference import WhisperInference
from adapters.memory.pauses import NoPauses
from adapters.model_repository.manifest import read_manifest, versions
from adapters.onnx.inference import OnnxInference
from adapters.onnx.session import options
from adapters.tesseract.inference import TesseractInference
from adapters.triton.client import TritonClients
from adapters.triton.inference import TritonInference
from application.ports.model_repository import ModelEntry
from application.retrying import Retrying
from tests.benchmarks.timed_models import Asked, Batch, Items, measured, table
from tests.components.served import needing, placed
from tests.outside import MODELS, require
from tests.servers.triton import private_triton

pytestmark = pytest.mark.bench

LINE_PX = 480
BARE, OURS, TRITON = "bare", "in process", "triton"
OURS_MAX, OVERHEAD_S = 1.1, 0.0002
"""What checking and cutting the arrays may cost at the best batch: a tenth, else this a call."""
ENTRIES = [entry for entry in read_manifest() if entry.is_enabled]
ONNX = [entry for entry in ENTRIES if entry.engine == "onnx"]
SPOKEN = [entry for entry in ENTRIES if entry.engine == "ctranslate2"]
WRITTEN = [entry for entry in ENTRIES if entry.engine == "tesseract"]


def _named(entry: ModelEntry) -> str:
    return entry.name


@pytest.mark.parametrize("entry", ONNX, ids=_named)
def test_throughput_in_process_and_through_triton(
    entry: ModelEntry, tmp_path_factory: pytest.TempPathFactory
) -> None:
    needing(entry.name)
    here = OnnxInference(MODELS, versions())
    folder = tmp_path_factory.mktemp("repository")
    with _triton(entry.name, folder) as (there, pid):
        found = measured(
            entry,
            {
                BARE: _bare(entry),
                OURS: Asked(lambda items: here.infer(entry.name, items)),
                TRITON: Asked(lambda items: there.infer(entry.name, items), pid),
            },
        )
    print("\n" + table(entry.name, found, limit=BARE), flush=True)
    assert min(_beyond_s(batch) for batch in found) <= OVERHEAD_S


@pytest.mark.requires("ffmpeg", "shared_media")
@pytest.mark.parametrize("entry", SPOKEN, ids=_named)
def test_throughput_of_spoken_words(entry: ModelEntry, shared_media: Path) -> None:
    """Eleven seconds of a president an item; noise is decoded for much longer."""
    needing(entry.name)
    here = WhisperInference(placed("ctranslate2"))
    spoken = _speech(shared_media / "real" / "static_image_jfk.mp4")

    def items(count: int) -> Items:
        lengths_s = np.full(count, len(spoken) / 16_000, dtype=np.float32)
        return {"mel": np.stack([whisper_mel(spoken)] * count), "length_s": lengths_s}

    ours = Asked(lambda items: here.infer(entry.name, items))
    found = measured(entry, {OURS: ours}, make=items)
    print("\n" + table(entry.name, found, limit=OURS), flush=True)
    assert [batch.size for batch in found] == [1, 2, 4]


@pytest.mark.parametrize("entry", WRITTEN, ids=_named)
def test_throughput_of_written_lines(entry: ModelEntry) -> None:
    """A line of twenty letters an item, each batch a run of the program."""
    needing(entry.name)
    here = TesseractInference(placed("tesseract"))

    def items(count: int) -> Items:
        line = np.full((48, LINE_PX, 3), 255, dtype=np.uint8)
        cv2.putText(line, "BECHA PEKA MOPE HEBO", (10, 35), cv2.FONT_HERSHEY_SIMPLEX, 1, (0, 0, 0))
        return {"frame": np.stack([line] * count), "width_px": np.full(count, LINE_PX)}

    ours = Asked(lambda items: here.infer(entry.name, items))
    found = measured(entry, {OURS: ours}, make=items)
    print("\n" + table(entry.name, found, limit=OURS), flush=True)
    assert found


def _beyond_s(batch: Batch) -> float:
    """What a call of ours took more than a call of the limit's and its tenth."""
    return batch.size * (batch.spent[OURS].cpu_s - OURS_MAX * batch.spent[BARE].cpu_s)


def _bare(entry: ModelEntry) -> Asked:
    file = MODELS / entry.name / entry.version / "model.onnx"
    session = onnxruntime.InferenceSession(file, options(), providers=["CPUExecutionProvider"])

    return Asked(lambda items: session.run(None, dict(items)))


def _speech(clip: Path) -> NDArray[np.float32]:
    form = ["-vn", "-ac", "1", "-ar", "16000", "-f", "f32le", "-"]
    raw = subprocess.check_output(["ffmpeg", "-nostdin", "-v", "error", "-i", str(clip), *form])
    return np.frombuffer(raw, dtype=np.float32)


@contextmanager
def _triton(name: str, repository: Path) -> Iterator[tuple[TritonInference, int]]:
    """A server of this model alone: others would take memory and time of the same processors."""
    (repository / name).symlink_to(MODELS.absolute() / name)
    with private_triton(require("triton"), repository) as server:
        assert server.process is not None
        there = TritonInference(TritonClients(server.address), versions(), Retrying(NoPauses()))
        yield there, server.process.pid
