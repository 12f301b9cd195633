"""Every store of results against the one suite."""

from pathlib import Path

import pytest

from adapters.folder.artifacts import FolderArtifacts
from adapters.memory.artifacts import MemoryArtifacts
from adapters.minio.artifacts import MinioArtifacts
from adapters.minio.bucket import S3Bucket
from application.ports.artifacts import Artifacts
from tests.adapters.minio.places import place_of
from tests.contracts.artifacts import ArtifactsContract
from tests.servers.s3 import S3Access


class TestMemoryArtifacts(ArtifactsContract):
    @pytest.fixture
    def store(self) -> Artifacts:
        return MemoryArtifacts()


class TestFolderArtifacts(ArtifactsContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Artifacts:
        return FolderArtifacts(tmp_path / "data" / "result_store")


@pytest.mark.requires("s3")
class TestMinioArtifacts(ArtifactsContract):
    """Against SeaweedFS, which speaks S3."""

    @pytest.fixture
    def store(self, s3_server: S3Access, bucket_name: str) -> Artifacts:
        return MinioArtifacts(S3Bucket(place_of(s3_server, bucket_name)))
