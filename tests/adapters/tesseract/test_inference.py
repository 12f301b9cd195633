"""The reader of Russian lines keeps the contract of served models and reads what was written."""

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from adapters.model_repository.manifest import versions
from adapters.model_repository.placed import FolderPlacedModels
from adapters.tesseract.answers import Read, read_table
from adapters.tesseract.inference import ADDRESS_SPACE_BYTES, LINE_PX, TesseractInference
from application.ports.inference import ModelInputRefused, ModelNotFound
from tests.components.served import needing, placed
from tests.components.word_errors import character_error_rate
from tests.outside import MODELS, require

MODEL = "tesseract_rus"
LINES = ("Как снимать ночью: 5 советов", "СКИДКА 50% ТОЛЬКО СЕГОДНЯ", "Подписывайтесь на канал")


@pytest.fixture(scope="module")
def reader() -> TesseractInference:
    require("tesseract")
    needing(MODEL)
    return TesseractInference(placed("tesseract"))


def written(texts: tuple[str, ...], *, dark: bool = False) -> dict[str, NDArray[np.generic]]:
    """Lines 48 pixels high in one width, grey beyond their ends."""
    require("font")
    font = ImageFont.truetype(str(Path(sys.prefix) / "share" / "fonts" / "DejaVuSans.ttf"), 32)
    lines = []
    for text in texts:
        picture = Image.new("RGB", (int(font.getlength(text)) + 12, LINE_PX), 20 if dark else 250)
        ImageDraw.Draw(picture).text((6, 4), text, font=font, fill="white" if dark else "black")
        lines.append(np.asarray(picture))
    widths = [line.shape[1] for line in lines]
    frame = np.full((len(lines), LINE_PX, max(widths), 3), 128, dtype=np.uint8)
    for row, line in zip(frame, lines, strict=True):
        row[:, : line.shape[1]] = line
    return {"frame": frame, "width_px": np.array(widths, dtype=np.int64)}


def test_it_tells_which_weights_and_which_program_answer(reader: TesseractInference) -> None:
    """R-304."""
    told = reader.model(MODEL)
    assert told.languages == ("ru",)
    assert told.engine.startswith("tesseract ")
    assert len(told.weights_sha256) == 64


@pytest.mark.parametrize("dark", [False, True])
def test_russian_lines_are_read_in_their_order(reader: TesseractInference, dark: bool) -> None:
    found = reader.infer(MODEL, dict(written(LINES, dark=dark)))

    for text, read in zip(LINES, found["text"].tolist(), strict=True):
        assert character_error_rate(text, read) <= 0.05
    assert found["confidence"].min() > 0.8


def test_a_line_is_read_alike_in_any_company(reader: TesseractInference) -> None:
    """More than one call of the program, and a line that holds nothing among them."""
    many = dict(written((*LINES, "") * 9))
    together = reader.infer(MODEL, many)
    alone = reader.infer(MODEL, {key: value[34:35] for key, value in many.items()})

    assert len(together["text"]) == 36
    assert together["text"][34] == alone["text"][0]
    assert together["confidence"][34] == alone["confidence"][0]


def test_other_inputs_are_refused(reader: TesseractInference) -> None:
    items = dict(written(LINES[:1]))
    for wrong in (
        {"frame": items["frame"]},
        items | {"frame": items["frame"][:, :40]},
        items | {"frame": items["frame"].astype(np.float32)},
        items | {"width_px": np.array([0])},
        items | {"width_px": items["width_px"] + 1},
        items | {"width_px": np.array([9, 9])},
    ):
        with pytest.raises(ModelInputRefused):
            reader.infer(MODEL, wrong)


def test_without_the_program_or_its_weights_the_model_is_not_there(tmp_path: Path) -> None:
    """R-205: never a stand-in."""
    needing(MODEL)
    for lacking in (
        TesseractInference(placed("tesseract"), program="nobodys-program"),
        TesseractInference(FolderPlacedModels(tmp_path, "tesseract", versions())),
        TesseractInference(FolderPlacedModels(MODELS, "tesseract", {})),
    ):
        with pytest.raises(ModelNotFound):
            lacking.model(MODEL)


SPY = """#!/bin/sh
env | cut -d= -f1 >>"${0%/*}/told"
[ "$1" = --version ] && { echo "tesseract 5"; exit; }
cat "$1" >"${0%/*}/listed"
ulimit -v >"${0%/*}/limit_kib"
"""


def test_no_line_is_on_a_disk_and_the_program_has_so_much_memory(tmp_path: Path) -> None:
    """R-703: what a worker leaves that is killed meanwhile nobody would ever remove."""
    needing(MODEL)
    program = tmp_path / "spy"
    program.write_text(SPY)
    program.chmod(0o755)

    TesseractInference(placed("tesseract"), program=str(program)).infer(MODEL, written(LINES))

    listed = (tmp_path / "listed").read_text().split()
    assert [Path(file).parent for file in listed] == [Path("/proc/self/fd")] * len(LINES)
    assert int((tmp_path / "limit_kib").read_text()) << 10 == ADDRESS_SPACE_BYTES


def test_the_program_is_told_nothing_of_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by the call that asks its version, nor by the one that reads."""
    needing(MODEL)
    monkeypatch.setenv("TRENDFLOW_DATABASE_URL", "postgresql://name:secret@host/base")
    program = tmp_path / "spy"
    program.write_text(SPY)
    program.chmod(0o755)

    reader = TesseractInference(placed("tesseract"), program=str(program))
    reader.model(MODEL)
    versions_call = set((tmp_path / "told").read_text().split())
    reader.infer(MODEL, written(LINES))

    told = set((tmp_path / "told").read_text().split())
    # The shell of the spy adds a few of its own.
    assert versions_call == told <= {"PATH", "LC_ALL", "OMP_THREAD_LIMIT", "PWD", "SHLVL", "_"}


def test_words_of_a_line_weigh_by_their_length() -> None:
    columns = "level\tpage_num\tconf\ttext\n"
    rows = '5\t2\t90.0\tдва\n5\t2\t50.0\t"\n4\t2\t-1\t\n5\t3\t80\t \n'

    assert read_table(columns + rows, count=3) == [Read(), Read('два "', 0.8), Read()]
