"""Every keeper of the bytes of uploads against its one suite."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from adapters.folder.uploads import FolderUploads
from application.errors import ResourceExhausted
from application.ports.uploads import Uploads
from domain.signed_link import LinkSigner
from domain.upload import Upload
from tests.contracts.upload_writer import (
    CONTENT,
    HALF,
    Receiving,
    UploadWriterContract,
    a_small_upload,
    kept,
    sent,
)
from tests.contracts.uploads import Send, UploadsContract
from tests.outside import ROOT

SIGNER = LinkSigner(("s" * 32,))
KILLED = """
import os, signal, sys
from pathlib import Path
from adapters.folder.upload_parts import ExpectedPart, FolderPart, standing, taken
from tests.contracts.upload_writer import a_small_upload

folder = Path(sys.argv[1])
stands_at = standing(folder)
size_bytes = a_small_upload().size_bytes
expected = ExpectedPart(offset=stands_at, stands_at=stands_at, size_bytes=size_bytes, sha256=None)
part = FolderPart(folder, taken(folder), expected)
part.write(b"half a part")
os.kill(os.getpid(), signal.SIGKILL)
"""


class TestFolderUploads(UploadsContract, UploadWriterContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Receiving:
        return FolderUploads(tmp_path / "staged", SIGNER)

    @pytest.fixture
    def uploads(self, tmp_path: Path) -> Uploads:
        return FolderUploads(tmp_path / "staged", SIGNER)

    @pytest.fixture
    def send(self, store: Receiving) -> Send:
        def send(upload: Upload, content: bytes) -> None:
            part = store.begin(upload, offset=0, sha256=None)
            part.write(content)
            part.end()

        return send

    def test_a_killed_part_counts_for_nothing(self, store: Receiving, tmp_path: Path) -> None:
        """What a dead process had written beyond is cut off, and its lock is free."""
        upload = a_small_upload()
        sent(store, upload, 0, CONTENT[:HALF])
        folder = tmp_path / "staged" / str(upload.id)
        subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False, cwd=ROOT)
        assert (folder / "content").stat().st_size == HALF + len(b"half a part")
        assert store.received(upload) == HALF
        assert sent(store, upload, HALF, CONTENT[HALF:]) == len(CONTENT)
        assert kept(store, upload) == CONTENT

    def test_what_is_not_ours_is_left_alone(self, store: Receiving, tmp_path: Path) -> None:
        (tmp_path / "staged" / "lost+found").mkdir(parents=True)
        assert list(store.staged()) == []

    def test_a_removal_that_was_killed_is_taken_up_again(
        self, store: Receiving, tmp_path: Path
    ) -> None:
        upload = a_small_upload()
        sent(store, upload, 0, CONTENT)
        folder = tmp_path / "staged" / str(upload.id)
        folder.rename(folder.with_name(f"{folder.name}.going"))
        (staged,) = store.staged()
        store.discard(staged.id)
        assert list((tmp_path / "staged").iterdir()) == []

    def test_a_full_disk_leaves_the_upload_where_it_stood(self, store: Receiving) -> None:
        """Hardening 19 at the door: what cannot be kept is not counted."""
        upload = a_small_upload()
        part = store.begin(upload, offset=0, sha256=None)
        with files_of_at_most(HALF), pytest.raises(ResourceExhausted):
            part.write(CONTENT)
        part.refuse()
        assert store.received(upload) == 0
        assert sent(store, upload, 0, CONTENT) == len(CONTENT)


@contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    """Lets no file of this process grow further: what a quota says, and says like a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
