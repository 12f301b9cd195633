"""Uploads as files of the local disk, received in parts by our own endpoint."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from adapters.folder.failures import told_apart
from adapters.folder.upload_parts import CONTENT, ExpectedPart, FolderPart, standing, taken
from application.ports.upload_writer import METHOD, path_of
from application.ports.uploads import StagedUpload, UploadTarget
from domain.errors import UploadMissing, WrongOffset
from domain.signed_link import LinkClaim, LinkSigner
from domain.upload import Upload, UploadId

_PLACE = "the folder of uploads"


class FolderUploads:
    """One folder an upload, with its content and how much of that counts.

    Ports `Uploads` and `UploadWriter`. Only what `standing` says counts: what a killed process had
    written beyond it is cut off by the next part. The signer is asked for when a link is wanted:
    who only reads uploads needs no secret.
    """

    def __init__(self, root: Path, signer: Callable[[], LinkSigner]) -> None:
        self._root = root
        self._signer = signer

    def targets(self, upload: Upload, *, now: datetime) -> Sequence[UploadTarget]:
        del now
        offset = self.received(upload)
        if offset == upload.size_bytes:
            return ()
        claim = LinkClaim(
            verb=METHOD,
            path=path_of(upload.id),
            user_id=upload.user_id,
            expires_at=upload.expires_at,
        )
        target = UploadTarget(
            method=METHOD,
            url=self._signer().sign(claim),
            offset=offset,
            size_bytes=upload.size_bytes - offset,
            expires_at=upload.expires_at,
        )
        return (target,)

    def received(self, upload: Upload) -> int:
        with told_apart(_PLACE):
            return standing(self._folder(upload.id))

    def begin(self, upload: Upload, *, offset: int, sha256: str | None) -> FolderPart:
        folder = self._folder(upload.id)
        with told_apart(_PLACE):
            lock = taken(folder)
            try:
                stands_at = standing(folder)
                _check(offset, stands_at)
                part = ExpectedPart(
                    offset=offset, stands_at=stands_at, size_bytes=upload.size_bytes, sha256=sha256
                )
                return FolderPart(folder, lock, part)
            except BaseException:
                os.close(lock)
                raise

    @contextmanager
    def opened(self, upload_id: UploadId) -> Iterator[Path]:
        yield self._content(upload_id)

    def fetch(self, upload_id: UploadId, *, into: Path) -> None:
        content = self._content(upload_id)
        with told_apart(_PLACE):
            try:
                os.link(content, into)
            except FileNotFoundError:
                raise UploadMissing("the uploaded video is not there any more") from None
            except OSError:
                # Another file system, or one without links.
                _copy(content, into)

    def discard(self, upload_id: UploadId) -> int:
        """Renamed before it is emptied: a kill in between leaves nothing that looks whole."""
        folder = self._folder(upload_id)
        going = folder.with_name(f"{folder.name}.going")
        with told_apart(_PLACE):
            freed_bytes = _size_bytes(folder)
            # What a kill had left under that name would be in the way.
            shutil.rmtree(going, ignore_errors=True)
            with suppress(FileNotFoundError):
                folder.rename(going)
            shutil.rmtree(going, ignore_errors=True)
        return freed_bytes

    def staged(self) -> Sequence[StagedUpload]:
        found = []
        with told_apart(_PLACE):
            for folder in self._root.iterdir() if self._root.is_dir() else ():
                upload_id = _upload_of(folder)
                if upload_id is None:
                    continue
                with suppress(FileNotFoundError):  # another process has just removed it
                    newest = max(file.stat().st_mtime for file in (folder, *folder.iterdir()))
                    touched_at = datetime.fromtimestamp(newest, UTC)
                    size_bytes = _size_bytes(folder)
                    found.append(
                        StagedUpload(id=upload_id, touched_at=touched_at, size_bytes=size_bytes)
                    )
        return sorted(found, key=lambda staged: staged.touched_at)

    def _folder(self, upload_id: UploadId) -> Path:
        return self._root / str(upload_id)

    def _content(self, upload_id: UploadId) -> Path:
        content = self._folder(upload_id) / CONTENT
        if not content.is_file():
            raise UploadMissing("the uploaded video is not there any more")
        return content


def _check(offset: int, stands_at: int) -> None:
    if offset > stands_at:
        raise WrongOffset(stands_at)


def _copy(content: Path, into: Path) -> None:
    try:
        shutil.copyfile(content, into)
    except BaseException:
        into.unlink(missing_ok=True)
        raise


def _size_bytes(folder: Path) -> int:
    try:
        return (folder / CONTENT).stat().st_size
    except FileNotFoundError:
        return 0


def _upload_of(folder: Path) -> UploadId | None:
    """The upload that a folder belongs to; None for what is not ours to remove."""
    try:
        return UploadId(UUID(folder.name.removesuffix(".going")))
    except ValueError:
        return None
