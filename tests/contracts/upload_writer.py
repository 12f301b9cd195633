"""What everything that receives uploads itself must do."""

import hashlib
import random
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Protocol

import pytest

from application.ports.upload_writer import UploadWriter
from application.ports.uploads import Uploads
from domain.errors import ChecksumMismatch, UploadBusy, UploadTooLarge, WrongOffset
from domain.upload import Upload
from tests.contracts.upload_sessions import an_upload

CONTENT = random.Random(1).randbytes(1024)
HALF = len(CONTENT) // 2


class Receiving(UploadWriter, Uploads, Protocol):
    """A store of uploads that receives them itself."""


class UploadWriterContract(ABC):
    """Subclass and give `store`."""

    @pytest.fixture
    @abstractmethod
    def store(self, tmp_path: Path) -> Receiving: ...

    def test_parts_in_order_make_the_whole(self, store: Receiving) -> None:
        upload = a_small_upload()
        assert sent(store, upload, 0, CONTENT[:HALF]) == HALF
        assert store.received(upload) == HALF
        assert sent(store, upload, HALF, CONTENT[HALF:]) == len(CONTENT)
        assert kept(store, upload) == CONTENT

    def test_a_part_beyond_where_the_upload_stands_is_told_where_that_is(
        self, store: Receiving
    ) -> None:
        """Hardening 21."""
        upload = a_small_upload()
        sent(store, upload, 0, CONTENT[:HALF])
        with pytest.raises(WrongOffset) as refused:
            store.begin(upload, offset=HALF + 1, sha256=None)
        assert refused.value.fields == {"offset": HALF}
        assert sent(store, upload, HALF, CONTENT[HALF:]) == len(CONTENT)

    def test_a_part_that_was_changed_on_its_way_is_not_taken(self, store: Receiving) -> None:
        """Hardening 22: refused, and the offset is unchanged."""
        upload = a_small_upload()
        sent(store, upload, 0, CONTENT[:HALF])
        with pytest.raises(ChecksumMismatch):
            sent(store, upload, HALF, CONTENT[HALF:], sha256="0" * 64)
        assert store.received(upload) == HALF
        digest = hashlib.sha256(CONTENT[HALF:]).hexdigest()
        assert sent(store, upload, HALF, CONTENT[HALF:], sha256=digest) == len(CONTENT)
        assert kept(store, upload) == CONTENT

    def test_the_same_part_twice_counts_once(self, store: Receiving) -> None:
        """Hardening 23: its answer was lost, so it is sent again."""
        upload = a_small_upload()
        for _ in range(2):
            assert sent(store, upload, 0, CONTENT[:HALF]) == HALF
        assert sent(store, upload, HALF, CONTENT[HALF:]) == len(CONTENT)
        assert sent(store, upload, 7, CONTENT[7:HALF]) == len(CONTENT)
        assert kept(store, upload) == CONTENT

    @pytest.mark.parametrize("other", [b"x" * 10, CONTENT])
    def test_another_part_in_the_place_of_one_that_came_is_refused(
        self, store: Receiving, other: bytes
    ) -> None:
        """Other bytes, or more than were received: nothing of what is there is changed."""
        upload = a_small_upload()
        sent(store, upload, 0, CONTENT[:HALF])
        with pytest.raises(WrongOffset) as refused:
            sent(store, upload, 0, other)
        assert refused.value.fields == {"offset": HALF}
        assert sent(store, upload, HALF, CONTENT[HALF:]) == len(CONTENT)
        assert kept(store, upload) == CONTENT

    def test_more_than_was_declared_is_refused_at_the_first_byte_beyond(
        self, store: Receiving
    ) -> None:
        """Hardening 25."""
        upload = a_small_upload()
        part = store.begin(upload, offset=0, sha256=None)
        part.write(CONTENT)
        with pytest.raises(UploadTooLarge):
            part.write(b"x")
        part.refuse()
        assert store.received(upload) == 0

    def test_what_came_of_a_part_that_broke_off_is_kept(self, store: Receiving) -> None:
        upload = a_small_upload()
        part = store.begin(upload, offset=0, sha256=None)
        part.write(CONTENT[:HALF])
        part.abandon()
        assert store.received(upload) == HALF
        assert sent(store, upload, HALF, CONTENT[HALF:]) == len(CONTENT)
        assert kept(store, upload) == CONTENT

    def test_a_digested_part_that_broke_off_proves_nothing(self, store: Receiving) -> None:
        upload = a_small_upload()
        part = store.begin(upload, offset=0, sha256="0" * 64)
        part.write(CONTENT[:HALF])
        part.abandon()
        assert store.received(upload) == 0

    def test_one_part_is_received_at_a_time(self, store: Receiving) -> None:
        upload, other = a_small_upload(), a_small_upload()
        first = store.begin(upload, offset=0, sha256=None)
        with pytest.raises(UploadBusy):
            store.begin(upload, offset=0, sha256=None)
        assert sent(store, other, 0, CONTENT) == len(CONTENT)
        first.write(CONTENT)
        assert first.end() == len(CONTENT)


def a_small_upload() -> Upload:
    return an_upload(size_bytes=len(CONTENT))


def sent(
    store: UploadWriter, upload: Upload, offset: int, content: bytes, *, sha256: str | None = None
) -> int:
    """Where the upload stands after a part came in small pieces."""
    part = store.begin(upload, offset=offset, sha256=sha256)
    try:
        for begin in range(0, len(content), 100):
            part.write(content[begin : begin + 100])
    except BaseException:
        part.refuse()
        raise
    return part.end()


def kept(store: Uploads, upload: Upload) -> bytes:
    with store.opened(upload.id) as file:
        return file.read_bytes()
