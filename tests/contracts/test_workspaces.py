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
