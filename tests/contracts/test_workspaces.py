"""The keepers of workspaces keep their contract."""

from pathlib import Path

import pytest

from adapters.folder.workspaces import FolderWorkspaces
from application.ports.workspaces import Workspaces
from tests.contracts.workspaces import WorkspacesContract


class TestFolderWorkspaces(WorkspacesContract):
    @pytest.fixture
    def workspaces(self, tmp_path: Path) -> Workspaces:
        return FolderWorkspaces(tmp_path / "data")

    def test_what_somebody_else_put_there_is_left_alone(self, tmp_path: Path) -> None:
        """A file browser's or a file system's own folder must not stop the sweep."""
        for name in ("lost+found", ".DS_Store"):
            (tmp_path / "data" / "work" / name).mkdir(parents=True)
        assert list(FolderWorkspaces(tmp_path / "data").leftovers()) == []
