"""Whenever a writer is killed, a reader sees the old artifact or the new one (hardening 75)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.outside import ROOT


def counted(writer: str, folder: Path) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.adapters.folder.killed_writer", writer, str(folder)]
    run = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    counts: dict[str, int] = json.loads(run.stdout)
    return counts


@pytest.mark.slow
def test_a_killed_writer_never_leaves_a_torn_artifact(tmp_path: Path) -> None:
    counts = counted("folder", tmp_path)
    assert counts.get("torn", 0) == 0
    assert counts["old"] + counts["new"] == 200
    assert counts["not swept"] == 0
    # The kills fell inside the write, on both sides of the rename; how many where is the load's.
    assert counts["old"] > 5
    assert counts["new"] > 5
    assert counts["left over"] > 5


@pytest.mark.slow
def test_the_same_kills_tear_what_is_written_in_place(tmp_path: Path) -> None:
    """The planted removal: without tmp and rename the test above would fail."""
    assert counted("naive", tmp_path)["torn"] > 20
