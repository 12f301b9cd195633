"""Half a segment stage is never taken for a whole, and never in the way (hardening 18)."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from adapters.folder.workspaces import FolderWorkspaces
from adapters.preparation.segments import FolderSegments
from application.ports.orders import MeasureOrder
from domain.video import Metadata
from tests.outside import ROOT
from tests.preparation.killed_draft import planted
from tests.preparation.test_segments import RECORD, RUN, SPEC, committed


def killed(folder: Path, how: str) -> FolderSegments:
    """The prepared material after a process was killed in the middle of its commit."""
    command = [sys.executable, "-m", "tests.preparation.killed_draft", str(folder), str(RUN), how]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    return FolderSegments(FolderWorkspaces(folder).folder)


def test_after_a_kill_nothing_is_there_and_the_next_stage_is_whole(tmp_path: Path) -> None:
    segments = killed(tmp_path, "guarded")
    assert segments.load(RUN) is None
    committed(segments)
    assert segments.load(RUN) == RECORD
    assert [entry.name for entry in (tmp_path / "work" / str(RUN)).iterdir()] == ["segment"]


def test_without_a_folder_of_its_own_what_was_killed_would_be_in_the_way(tmp_path: Path) -> None:
    """The planted removal: the run could never be segmented again."""
    killed(tmp_path, "in_place")
    again = planted("in_place").FolderSegments(FolderWorkspaces(tmp_path).folder)
    with pytest.raises(FileExistsError), again.draft(RUN):
        pass


def test_with_the_record_first_half_a_stage_would_be_taken_for_a_whole(tmp_path: Path) -> None:
    """The planted removal: the run would go on, and find nothing of what it was promised."""
    segments = killed(tmp_path, "early")
    assert segments.load(RUN) == RECORD
    order = MeasureOrder(
        run_id=RUN, component="shots", parameters={}, metadata=Metadata(), timeout_s=1.0
    )
    with pytest.raises(EOFError):
        segments.inputs(order, SPEC, block_s=0.5)
