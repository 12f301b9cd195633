"""Uploads in the bucket of an S3 server, which takes their parts by signed links."""

import errno
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from adapters.minio.bucket import S3Bucket, StoredObject
from application.errors import ResourceExhausted
from application.ports.uploads import StagedUpload, UploadTarget
from domain.errors import UploadMissing
from domain.upload import Upload, UploadId

ROOT = "uploads"
PART_BYTES = 16 << 20
"""What is sent again when a line breaks; the largest upload has 512 of these."""

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_KEY = re.compile(rf"{ROOT}/([0-9a-f-]{{36}})/([0-9]{{5}})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    number: int
    offset: int
    size_bytes: int


class MinioUploads:
    """One object a part (port `Uploads`); those of an upload in order are its content.

    Parts of S3's own multipart would have to be put together by a second command, with what the
    server answered to each, before anything of them can be read or even seen; objects are seen,
    replaced and removed one by one, and are read in order just as well.
    """

    def __init__(self, bucket: S3Bucket, scratch: Path, *, part_bytes: int = PART_BYTES) -> None:
        self._bucket = bucket
        self._scratch = scratch
        self._part_bytes = part_bytes

    def targets(self, upload: Upload, *, now: datetime) -> Sequence[UploadTarget]:
        lasting = upload.expires_at - now
        if lasting.total_seconds() < 1:
            return ()
        return [
            UploadTarget(
                method="PUT",
                url=self._bucket.link_to_put(_key(upload.id, part.number), lasting=lasting),
                offset=part.offset,
                size_bytes=part.size_bytes,
                expires_at=upload.expires_at,
            )
            for part in self._missing(upload)
        ]

    def received(self, upload: Upload) -> int:
        return upload.size_bytes - sum(part.size_bytes for part in self._missing(upload))

    @contextmanager
    def opened(self, upload_id: UploadId) -> Iterator[Path]:
        """In a workspace of its own, which a sweep removes after those who were killed."""
        folder = self._scratch / str(uuid4())
        folder.mkdir(parents=True)
        try:
            self.fetch(upload_id, into=folder / "upload")
            yield folder / "upload"
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def fetch(self, upload_id: UploadId, *, into: Path) -> None:
        parts = self._listed(upload_id)
        if not parts:
            raise _gone()
        try:
            with into.open("wb") as file:
                for part in parts:
                    for chunk in self._chunks(part.key):
                        file.write(chunk)
        except OSError as error:
            into.unlink(missing_ok=True)
            if error.errno in _NO_ROOM:
                raise ResourceExhausted("the disk of workspaces is full") from error
            raise
        except BaseException:
            into.unlink(missing_ok=True)
            raise

    def _chunks(self, key: str) -> Iterator[bytes]:
        with self._bucket.opened(key) as found:
            if found is None:
                raise _gone()
            yield from found.chunks()

    def discard(self, upload_id: UploadId) -> int:
        parts = self._listed(upload_id)
        self._bucket.remove([part.key for part in parts])
        return sum(part.size_bytes for part in parts)

    def staged(self) -> Sequence[StagedUpload]:
        found: dict[UploadId, StagedUpload] = {}
        for part in self._bucket.listed(f"{ROOT}/"):
            upload_id = _upload_of(part.key)
            if upload_id is None:
                continue
            known = found.get(upload_id)
            found[upload_id] = StagedUpload(
                id=upload_id,
                touched_at=max(part.changed_at, known.touched_at) if known else part.changed_at,
                size_bytes=part.size_bytes + (known.size_bytes if known else 0),
            )
        return sorted(found.values(), key=lambda staged: staged.touched_at)

    def _listed(self, upload_id: UploadId) -> list[StoredObject]:
        # S3 lists keys in order, and the numbers are all as long.
        return self._bucket.listed(f"{ROOT}/{upload_id}/")

    def _missing(self, upload: Upload) -> list[_Part]:
        """Parts that have not come, or not as long as they are: those are sent again."""
        there = {part.key: part.size_bytes for part in self._listed(upload.id)}
        return [
            part
            for part in self._parts(upload.size_bytes)
            if there.get(_key(upload.id, part.number)) != part.size_bytes
        ]

    def _parts(self, size_bytes: int) -> Iterator[_Part]:
        for number, offset in enumerate(range(0, size_bytes, self._part_bytes)):
            size = min(self._part_bytes, size_bytes - offset)
            yield _Part(number=number, offset=offset, size_bytes=size)


def _gone() -> UploadMissing:
    return UploadMissing("the uploaded video is not there any more")


def _key(upload_id: UploadId, number: int) -> str:
    return f"{ROOT}/{upload_id}/{number:05d}"


def _upload_of(key: str) -> UploadId | None:
    """The upload that an object belongs to; None for what is not ours to remove."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    try:
        return UploadId(UUID(found[1]))
    except ValueError:
        return None
