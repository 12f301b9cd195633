"""Every keeper of the bytes of uploads against its one suite."""

import base64
import hashlib
import io
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from adapters.folder.uploads import FolderUploads
from adapters.minio.bucket import S3Bucket
from adapters.minio.uploads import MinioUploads
from application.errors import ResourceExhausted
from application.ports.uploads import Uploads
from domain.signed_link import LinkSigner
from domain.upload import Upload
from tests.adapters.minio.places import place_of
from tests.contracts.upload_sessions import an_upload
from tests.contracts.upload_writer import (
    CONTENT as SMALL,
)
from tests.contracts.upload_writer import (
    HALF,
    Receiving,
    UploadWriterContract,
    a_small_upload,
    kept,
    sent,
)
from tests.contracts.uploads import CONTENT, SIZE_BYTES, Send, UploadsContract, a_day_from_now
from tests.outside import ROOT
from tests.servers.s3 import S3Access

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
        return FolderUploads(tmp_path / "staged", lambda: SIGNER)

    @pytest.fixture
    def uploads(self, tmp_path: Path) -> Uploads:
        return FolderUploads(tmp_path / "staged", lambda: SIGNER)

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
        sent(store, upload, 0, SMALL[:HALF])
        folder = tmp_path / "staged" / str(upload.id)
        subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False, cwd=ROOT)
        assert (folder / "content").stat().st_size == HALF + len(b"half a part")
        assert store.received(upload) == HALF
        assert sent(store, upload, HALF, SMALL[HALF:]) == len(SMALL)
        assert kept(store, upload) == SMALL

    def test_what_is_not_ours_is_left_alone(self, store: Receiving, tmp_path: Path) -> None:
        (tmp_path / "staged" / "lost+found").mkdir(parents=True)
        assert list(store.staged()) == []

    def test_a_removal_that_was_killed_is_taken_up_again(
        self, store: Receiving, tmp_path: Path
    ) -> None:
        upload = a_small_upload()
        sent(store, upload, 0, SMALL)
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
            part.write(SMALL)
        part.refuse()
        assert store.received(upload) == 0
        assert sent(store, upload, 0, SMALL) == len(SMALL)


PART_BYTES = 100_000


@pytest.mark.requires("s3")
class TestMinioUploads(UploadsContract):
    """Against SeaweedFS, which speaks S3."""

    @pytest.fixture
    def uploads(self, s3_server: S3Access, bucket_name: str, tmp_path: Path) -> Uploads:
        bucket = S3Bucket(place_of(s3_server, bucket_name))
        return MinioUploads(bucket, tmp_path / "work", part_bytes=PART_BYTES)

    @pytest.fixture
    def send(self, uploads: Uploads) -> Send:
        def send(upload: Upload, content: bytes) -> None:
            for target in reversed(uploads.targets(upload, now=upload.created_at)):
                part = content[target.offset : target.offset + target.size_bytes]
                assert httpx.request(target.method, target.url, content=part).status_code == 200

        return send

    def test_a_part_of_another_length_is_missing_still(self, uploads: Uploads, send: Send) -> None:
        """Hardening 24 and 25, as they show when an upload is completed."""
        upload = a_day_from_now()
        send(upload, CONTENT)
        targets = uploads.targets(a_day_from_now(), now=upload.created_at)
        assert [target.size_bytes for target in targets] == [PART_BYTES] * 3 + [7]
        longer = an_upload(id=upload.id, size_bytes=SIZE_BYTES + 1, created_at=upload.created_at)
        (rest,) = uploads.targets(longer, now=upload.created_at)
        assert (rest.offset, rest.size_bytes) == (3 * PART_BYTES, 8)
        assert uploads.received(longer) == 3 * PART_BYTES
        for wrong in (CONTENT[:7], CONTENT[:9]):
            assert httpx.put(rest.url, content=wrong).status_code == 200
            assert uploads.received(longer) == 3 * PART_BYTES
        assert httpx.put(rest.url, content=CONTENT[:8]).status_code == 200
        assert uploads.received(longer) == SIZE_BYTES + 1

    def test_a_link_takes_one_part_until_its_end(self, uploads: Uploads) -> None:
        upload = a_day_from_now()
        first, second, *_ = uploads.targets(upload, now=upload.created_at)
        path, _, signature = first.url.partition("?")
        other = second.url.partition("?")[0]
        for url in (f"{other}?{signature}", path, first.url[:-4] + "0000"):
            assert httpx.put(url, content=b"x").status_code == 403
        late = upload.expires_at - timedelta(seconds=1)
        (almost_over, *_) = uploads.targets(upload, now=late)
        time.sleep(2.5)
        assert httpx.put(almost_over.url, content=b"x").status_code == 403
        assert list(uploads.targets(upload, now=upload.expires_at)) == []

    def test_a_part_changed_on_its_way_is_refused_by_its_digest(self, uploads: Uploads) -> None:
        """Hardening 22, as S3 has it: BadDigest, and the part has not come."""
        upload = a_day_from_now()
        target = uploads.targets(upload, now=upload.created_at)[-1]
        content = CONTENT[target.offset :]
        digest = base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()
        changed = bytes([content[0] ^ 1]) + content[1:]
        answer = httpx.put(target.url, content=changed, headers={"Content-MD5": digest})
        assert (answer.status_code, b"BadDigest" in answer.content) == (400, True)
        assert uploads.received(upload) == 0
        answer = httpx.put(target.url, content=content, headers={"Content-MD5": digest})
        assert answer.status_code == 200
        assert uploads.received(upload) == len(content)

    def test_the_same_part_twice_counts_once(self, uploads: Uploads) -> None:
        """Hardening 23."""
        upload = a_day_from_now()
        target = uploads.targets(upload, now=upload.created_at)[-1]
        for _ in range(2):
            assert httpx.put(target.url, content=CONTENT[target.offset :]).status_code == 200
            assert uploads.received(upload) == target.size_bytes

    def test_links_name_the_address_that_senders_reach(
        self, s3_server: S3Access, bucket_name: str, tmp_path: Path
    ) -> None:
        """In production the storage is on a private network, behind another name (R-701)."""
        place = replace(place_of(s3_server, bucket_name), public="https://files.example.org")
        uploads = MinioUploads(S3Bucket(place), tmp_path)
        upload = a_day_from_now()
        (target,) = uploads.targets(upload, now=upload.created_at)
        assert target.url.startswith(f"https://files.example.org/{bucket_name}/uploads/")

    def test_what_is_not_ours_is_left_alone(
        self, uploads: Uploads, send: Send, s3_server: S3Access, bucket_name: str
    ) -> None:
        send(a_day_from_now(), CONTENT)
        for key in ("uploads/readme", f"uploads/{'z' * 36}/00001"):
            s3_server.client().put_object(bucket_name, key, io.BytesIO(b"x"), 1)
        assert len(uploads.staged()) == 1

    def test_nothing_of_a_file_that_was_looked_at_is_left(
        self, uploads: Uploads, send: Send, tmp_path: Path
    ) -> None:
        upload = a_day_from_now()
        send(upload, CONTENT)
        with uploads.opened(upload.id) as one, uploads.opened(upload.id) as two:
            assert one != two
        assert list((tmp_path / "work").iterdir()) == []

    def test_a_full_disk_is_told_and_leaves_nothing(
        self, uploads: Uploads, send: Send, tmp_path: Path
    ) -> None:
        upload = a_day_from_now()
        send(upload, CONTENT)
        with files_of_at_most(HALF), pytest.raises(ResourceExhausted):
            uploads.fetch(upload.id, into=tmp_path / "mine")
        assert not (tmp_path / "mine").exists()


@contextmanager
def files_of_at_most(size_bytes: int) -> Iterator[None]:
    """Lets no file of this process grow further: what a quota says, and says like a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
