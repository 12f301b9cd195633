"""An operator shows and sets what a measurement takes of a machine."""

import json
from pathlib import Path
from typing import Any

import pytest

from entrypoints.exits import Exit
from tests.e2e.program import Program

pytestmark = [pytest.mark.e2e, pytest.mark.requires("ffmpeg", "ffprobe")]


def asked(program: Program, data_dir: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    ended = program.run("requirements", *arguments, "--format", "json", data_dir=data_dir)
    assert ended.exit_code == 0, ended.err
    return {row["name"]: row for row in json.loads(ended.out)["components"]}


def test_what_is_set_is_shown_and_everything_else_stays(program: Program, data_dir: Path) -> None:
    """R-502, R-702: a row that changes without a deployment."""
    before = asked(program, data_dir, "show")
    assert before["loudness"]["memory_mib"] > 0
    changed = asked(program, data_dir, "set", "loudness", "--memory-mib", "700", "--cores", "2")
    expected = {"name": "loudness", "memory_mib": 700, "gpu_memory_mib": 0, "cores": 2}
    assert changed == {"loudness": expected}
    assert asked(program, data_dir, "show") == {**before, "loudness": expected}
    text = program.run("--lang", "ru", "requirements", "show", data_dir=data_dir)
    assert "память, МиБ" in text.out
    assert "700" in text.out


@pytest.mark.parametrize(
    ("given", "exit_code"),
    [
        (("loudness",), Exit.USAGE),
        (("loudness", "--memory-mib", "0"), Exit.USAGE),
        (("nobodys", "--cores", "1"), Exit.REFUSED),
    ],
)
def test_what_cannot_be_is_refused(
    program: Program, data_dir: Path, given: tuple[str, ...], exit_code: Exit
) -> None:
    ended = program.run("requirements", "set", *given, data_dir=data_dir)
    assert ended.exit_code == exit_code
