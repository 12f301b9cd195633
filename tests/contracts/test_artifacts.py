"""Every store of results against the one suite."""

from pathlib import Path

import pytest

from adapters.folder.artifacts import FolderArtifacts
from adapters.memory.artifacts import MemoryArtifacts
from application.ports.artifacts import Artifacts
from tests.contracts.artifacts import ArtifactsContract


class TestMemoryArtifacts(ArtifactsContract):
    @pytest.fixture
    def store(self) -> Artifacts:
        return MemoryArtifacts()


class TestFolderArtifacts(ArtifactsContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Artifacts:
        return FolderArtifacts(tmp_path / "data" / "result_store")
