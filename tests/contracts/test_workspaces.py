"""The keepers of workspaces keep their contract."""

from pathlib import Path

import pytest

from adapters.folder.workspaces import FolderWorkspaces
from application.ports.workspaces import Workspaces
from tests.contracts.workspaces import WorkspacesContract, a_run_id


class TestFolderWorkspaces(WorkspacesContract):
    @pytest.fixture
    def workspaces(self, tmp_path: Path) -> Workspaces:
        return FolderWorkspaces(tmp_path / "data")

    def test_what_somebody_else_put_there_is_left_alone(self, tmp_path: Path) -> None:
        """A file browser's or a file system's own folder must not stop the sweep."""
        for name in ("lost+found", ".DS_Store"):
            (tmp_path / "data" / "work" / name).mkdir(parents=True)
        assert list(FolderWorkspaces(tmp_path / "data").leftovers()) == []

    def test_a_removal_that_was_killed_is_taken_up_again(self, tmp_path: Path) -> None:
        """Hardening 18: half a workspace is never found under its own name."""
        workspaces = FolderWorkspaces(tmp_path / "data")
        run_id = a_run_id()
        folder = workspaces.folder(run_id)
        (folder / "frames.yuv").touch()
        folder.rename(folder.with_name(f"{run_id}.going"))
        assert [left for left, _ in workspaces.leftovers()] == [run_id]
        workspaces.remove(run_id)
        assert list((tmp_path / "data" / "work").iterdir()) == []
