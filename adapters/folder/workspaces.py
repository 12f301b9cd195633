"""Workspaces and staged uploads as folders below the data directory."""

import hashlib
import os
import shutil
import stat
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from domain.errors import UnsupportedInput, UploadMissing
from domain.identity import RunId
from domain.video import UPLOAD_BYTES_MAX, UPLOAD_GIB_MAX, UploadedFile

_CHUNK_BYTES = 1 << 20
_GOING = ".going"


class FolderWorkspaces:
    """One folder a run below `work/`, one upload a run below `uploads/` (port `Workspaces`)."""

    def __init__(self, data_dir: Path) -> None:
        self._work = data_dir / "work"
        self._uploads = data_dir / "uploads"

    def folder(self, run_id: RunId) -> Path:
        folder = self._work / str(run_id)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def remove(self, run_id: RunId) -> None:
        """Renamed before it is emptied: a kill in between leaves nothing that looks whole."""
        folder = self._work / str(run_id)
        going = folder.with_name(f"{folder.name}{_GOING}")
        shutil.rmtree(going, ignore_errors=True)
        if folder.exists():
            folder.rename(going)
            shutil.rmtree(going, ignore_errors=True)

    def stage_upload(self, run_id: RunId, file: Path) -> UploadedFile:
        folder = self._uploads / str(run_id)
        folder.mkdir(parents=True)
        try:
            source = _copied(file, folder / "incoming")
            (folder / "incoming").rename(folder / source.sha256)
        except BaseException:
            self.discard_upload(run_id)
            raise
        return source

    def upload(self, run_id: RunId, source: UploadedFile) -> Path:
        file = self._uploads / str(run_id) / source.sha256
        if not file.is_file():
            raise UploadMissing("the uploaded video is not there")
        return file

    def discard_upload(self, run_id: RunId) -> None:
        shutil.rmtree(self._uploads / str(run_id), ignore_errors=True)

    def leftovers(self) -> Sequence[tuple[RunId, datetime]]:
        found: dict[RunId, datetime] = {}
        for root in (self._work, self._uploads):
            for folder in root.iterdir() if root.is_dir() else ():
                run_id = _run_of(folder)
                if run_id is None:
                    continue
                with suppress(FileNotFoundError):  # another worker has just removed it
                    touched_at = _touched_at(folder)
                    found[run_id] = max(touched_at, found.get(run_id, touched_at))
        return sorted(found.items(), key=lambda item: item[1])


def _copied(file: Path, into: Path) -> UploadedFile:
    """Copies a regular file while digesting it; opened without waiting, so a pipe cannot hang."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise UnsupportedInput("the file cannot be read", detail="unreadable") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnsupportedInput("not a regular file", detail="unreadable")
    digest, size_bytes = hashlib.sha256(), 0
    with open(handle, "rb") as source, into.open("wb") as target:  # noqa: PTH123 - a descriptor
        while chunk := source.read(_CHUNK_BYTES):
            size_bytes += len(chunk)
            if size_bytes > UPLOAD_BYTES_MAX:
                raise UnsupportedInput(
                    "the file is too large", detail="too_large", limit_gib=UPLOAD_GIB_MAX
                )
            digest.update(chunk)
            target.write(chunk)
    return UploadedFile(digest.hexdigest(), size_bytes)


def _run_of(folder: Path) -> RunId | None:
    """The run that a folder belongs to; None for what is not ours to remove."""
    try:
        return RunId(UUID(folder.name.removesuffix(_GOING)))
    except ValueError:
        return None


def _touched_at(folder: Path) -> datetime:
    return datetime.fromtimestamp(folder.stat().st_mtime, tz=UTC)
