"""What every keeper of the bytes of uploads must do."""

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from application.ports.uploads import Uploads
from domain.errors import UploadMissing
from domain.upload import Upload, UploadId
from tests.contracts.upload_sessions import an_upload

SIZE_BYTES = 300_007
CONTENT = os.urandom(SIZE_BYTES)

Send = Callable[[Upload, bytes], None]
"""Sends the content to where the targets say, as a client does."""


class UploadsContract(ABC):
    """Subclass and give `uploads` and `send`."""

    @pytest.fixture
    @abstractmethod
    def uploads(self, tmp_path: Path) -> Uploads: ...

    @pytest.fixture
    @abstractmethod
    def send(self, uploads: Uploads) -> Send: ...

    def test_what_is_missing_is_all_of_it_at_first_and_nothing_at_the_end(
        self, uploads: Uploads, send: Send
    ) -> None:
        upload = a_day_from_now()
        targets = uploads.targets(upload, now=upload.created_at)
        assert min(target.offset for target in targets) == 0
        assert sum(target.size_bytes for target in targets) == SIZE_BYTES
        assert {target.expires_at for target in targets} == {upload.expires_at}
        assert uploads.received(upload) == 0
        send(upload, CONTENT)
        assert uploads.received(upload) == SIZE_BYTES
        assert list(uploads.targets(upload, now=upload.created_at)) == []

    def test_the_bytes_come_back_in_order(
        self, uploads: Uploads, send: Send, tmp_path: Path
    ) -> None:
        upload, other = a_day_from_now(), a_day_from_now()
        send(upload, CONTENT)
        send(other, CONTENT[::-1])
        with uploads.opened(upload.id) as file:
            assert digest(file.read_bytes()) == digest(CONTENT)
        into = tmp_path / "mine"
        uploads.fetch(upload.id, into=into)
        assert digest(into.read_bytes()) == digest(CONTENT)

    def test_a_fetched_file_outlives_the_upload(
        self, uploads: Uploads, send: Send, tmp_path: Path
    ) -> None:
        """R-107: the run that took it goes on when the original is deleted."""
        upload = a_day_from_now()
        send(upload, CONTENT)
        uploads.fetch(upload.id, into=tmp_path / "mine")
        uploads.discard(upload.id)
        assert (tmp_path / "mine").stat().st_size == SIZE_BYTES

    def test_what_is_not_there_is_missing(
        self, uploads: Uploads, send: Send, tmp_path: Path
    ) -> None:
        upload = a_day_from_now()
        send(upload, CONTENT)
        assert uploads.discard(upload.id) == SIZE_BYTES
        for upload_id in (upload.id, UploadId(uuid4())):
            with pytest.raises(UploadMissing), uploads.opened(upload_id):
                pass
            with pytest.raises(UploadMissing):
                uploads.fetch(upload_id, into=tmp_path / "mine")
        assert not (tmp_path / "mine").exists()

    def test_discarding_is_harmless_when_nothing_is_there(self, uploads: Uploads) -> None:
        assert uploads.discard(UploadId(uuid4())) == 0

    def test_everything_that_is_kept_is_told_with_its_size_and_age(
        self, uploads: Uploads, send: Send
    ) -> None:
        """Hardening 28: what was abandoned can be found."""
        before = datetime.now(UTC) - timedelta(seconds=5)
        upload, gone = a_day_from_now(), a_day_from_now()
        for each in (upload, gone):
            send(each, CONTENT)
        uploads.discard(gone.id)
        (staged,) = uploads.staged()
        assert (staged.id, staged.size_bytes) == (upload.id, SIZE_BYTES)
        assert before < staged.touched_at < datetime.now(UTC) + timedelta(seconds=5)


def a_day_from_now() -> Upload:
    return an_upload(size_bytes=SIZE_BYTES, created_at=datetime.now(UTC))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
