"""Readers of lines of text of Tesseract's family, each call one run of the program."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.tesseract.answers import read_table
from application.errors import AdapterError
from application.inference_batches import Arrays, in_batches, item_count
from application.ports.inference import InferenceUnavailable, ModelInputRefused, ModelNotFound
from application.ports.placed_models import PlacedModel, PlacedModels
from domain.served_model import ServedModel

PROGRAM = "tesseract"
LINE_PX = 48
CALL_TIMEOUT_S = 120.0
ADDRESS_SPACE_BYTES = 2 << 30
"""Ten times what a batch of the longest lines takes: a bug in it must not take the machine."""

_BORDER_PX = 10
_CHANNELS = 3
_VERSION = re.compile(r"tesseract v?(\S+)")
_ONE_LINE = ("--psm", "7")
_AS_TABLE = ("-c", "tessedit_create_tsv=1")
_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
"""All it is told of us. More threads than one make it slower, and every run its own."""


@dataclass
class TesseractInference:
    """Serves the `<language>.traineddata` of placed models (port `Inference`).

    Takes `frame` uint8 (N, 48, width, 3), lines turned upright, and `width_px` int64 (N,), how much
    of each is the line. Gives `text` (N,) and `confidence` (N,), 0 to 1. One thread: equal input
    gives equal output. The program is a process of its own, as its libraries are not all
    permissive.
    """

    placed: PlacedModels
    program: str = PROGRAM
    _known: dict[str, PlacedModel] = field(default_factory=dict, init=False)

    def model(self, name: str) -> ServedModel:
        version = self._found_program[1]
        return self._model(name).served(engine=f"{PROGRAM} {version}", precision="int8")

    def infer(self, name: str, inputs: Arrays) -> Arrays:
        placed = self._model(name)
        item_count(name, inputs)
        _check(name, inputs)
        return in_batches(
            name,
            inputs,
            batch_max=placed.batch_max,
            call=lambda part: self._read(placed, part),
        )

    @cached_property
    def _found_program(self) -> tuple[str, str]:
        """Where the program is, and its version. Raises ModelNotFound without one."""
        beside = str(Path(sys.executable).parent)
        found = shutil.which(self.program) or shutil.which(self.program, path=beside)
        if found is None:
            raise ModelNotFound(f"no program {self.program} here: install tesseract-ocr")
        told = subprocess.run(
            [found, "--version"],
            capture_output=True,
            text=True,
            check=False,
            timeout=CALL_TIMEOUT_S,
            env=_ENVIRONMENT,
        )
        version = _VERSION.search(told.stdout + told.stderr)
        if version is None:
            raise ModelNotFound(f"the program {self.program} does not start")
        return found, version[1]

    def _model(self, name: str) -> PlacedModel:
        if name not in self._known:
            self._known[name] = self.placed.find(name)
        return self._known[name]

    def _read(self, placed: PlacedModel, part: Arrays) -> Arrays:
        lines = list(zip(part["frame"], part["width_px"].tolist(), strict=True))
        (weights,) = placed.folder.glob("*.traineddata")
        with ExitStack() as files:
            pages = [
                files.enter_context(_in_memory(_page(frame[:, :width_px])))
                for frame, width_px in lines
            ]
            listed = files.enter_context(_in_memory("\n".join(map(_path, pages)).encode()))
            arguments = (_path(listed), "stdout", *_languages(placed.folder, weights))
            table = self._run(arguments, reads=(*pages, listed))
        found = read_table(table, count=len(lines))
        return {
            "text": np.array([each.text for each in found], dtype=np.str_),
            "confidence": np.array([each.confidence for each in found], dtype=np.float32),
        }

    def _run(self, arguments: Sequence[str], *, reads: Sequence[int]) -> str:
        limits = ("prlimit", f"--as={ADDRESS_SPACE_BYTES}", "--core=0", "--")
        program = self._found_program[0]
        try:
            done = subprocess.run(
                [*limits, program, *arguments, *_ONE_LINE, *_AS_TABLE],
                pass_fds=reads,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=CALL_TIMEOUT_S,
                env=_ENVIRONMENT,
            )
        except subprocess.TimeoutExpired as error:
            raise InferenceUnavailable(f"{PROGRAM} took too long") from error
        if done.returncode < 0:
            raise InferenceUnavailable(f"{PROGRAM} was ended by signal {-done.returncode}")
        if done.returncode:
            raise AdapterError(
                f"{PROGRAM} ended with {done.returncode}: run `trendflow models verify`",
                code="model_unreadable",
            )
        return done.stdout.decode("utf-8", errors="replace")


def _languages(folder: Path, weights: Path) -> tuple[str, ...]:
    return ("--tessdata-dir", str(folder), "-l", weights.stem)


@contextmanager
def _in_memory(content: bytes) -> Iterator[int]:
    """A file that is on no disk: what a picture says must not outlive a killed worker (R-703)."""
    with os.fdopen(os.memfd_create("line"), "wb") as file:
        file.write(content)
        file.flush()
        yield file.fileno()


def _path(descriptor: int) -> str:
    return f"/proc/self/fd/{descriptor}"


def _page(line: NDArray[np.uint8]) -> bytes:
    """The line in grey with some room around it, which the program wants, as PNG."""
    grey = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY)
    sides = (_BORDER_PX,) * 4
    is_done, page = cv2.imencode(".png", cv2.copyMakeBorder(grey, *sides, cv2.BORDER_REPLICATE))
    if not is_done:
        raise RuntimeError(f"a line of {line.shape} cannot be written as PNG")
    return page.tobytes()


def _check(name: str, inputs: Arrays) -> None:
    """Raises ModelInputRefused for another name, shape or type than is taken."""
    if inputs.keys() != {"frame", "width_px"}:
        raise ModelInputRefused(f"{name} takes frame and width_px, not {sorted(inputs)}")
    frame, width_px = inputs["frame"], inputs["width_px"]
    lines = (LINE_PX, _CHANNELS)
    if frame.ndim != len(("N", *lines, "width")) or (frame.shape[1], frame.shape[3]) != lines:
        raise ModelInputRefused(f"{name}.frame takes lines {LINE_PX} high in three colours")
    if frame.dtype != np.uint8 or width_px.dtype != np.int64 or width_px.ndim != 1:
        raise ModelInputRefused(f"{name} takes frame as uint8 and width_px as int64")
    if not ((width_px >= 1) & (width_px <= frame.shape[2])).all():
        raise ModelInputRefused(f"{name}.width_px lies within the width of a line")
