"""Every shelf against the one suite."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.folder.shelf import FolderShelf
from adapters.memory.clock import START, FixedClock
from adapters.memory.shelf import MemoryShelf
from adapters.minio.bucket import S3Bucket
from adapters.minio.shelf import MinioShelf
from application.ports.shelf import Shelf
from tests.adapters.minio.places import place_of
from tests.contracts.shelf import ShelfContract
from tests.servers.s3 import S3Access


class TestMemoryShelf(ShelfContract):
    @pytest.fixture
    def shelf(self) -> Shelf:
        return MemoryShelf(FixedClock())

    def now(self, shelf: Shelf) -> datetime:
        del shelf
        return START


class TestFolderShelf(ShelfContract):
    @pytest.fixture
    def shelf(self, tmp_path: Path) -> Shelf:
        return FolderShelf(tmp_path / "data")

    def now(self, shelf: Shelf) -> datetime:
        del shelf
        return datetime.now(UTC)

    def test_the_folder_of_a_run_goes_with_its_last_picture(
        self, shelf: Shelf, tmp_path: Path
    ) -> None:
        shelf.put("pictures/one/7.jpg", b"x")
        shelf.expire("pictures", stored_before=datetime.max.replace(tzinfo=UTC))
        assert list((tmp_path / "data" / "pictures").iterdir()) == []


@pytest.mark.requires("s3")
class TestMinioShelf(ShelfContract):
    """Against SeaweedFS, which speaks S3."""

    @pytest.fixture
    def shelf(self, s3_server: S3Access, bucket_name: str) -> Shelf:
        return MinioShelf(S3Bucket(place_of(s3_server, bucket_name)))

    def now(self, shelf: Shelf) -> datetime:
        del shelf
        return datetime.now(UTC)
