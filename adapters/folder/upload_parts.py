"""One part of an upload on its way into a file, counted only once it is whole and on the disk."""

import fcntl
import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from adapters.folder.failures import told_apart
from domain.errors import (
    ChecksumMismatch,
    UploadBusy,
    UploadNotFound,
    UploadTooLarge,
    WrongOffset,
)

CONTENT = "content"
_OFFSET = "offset"
_LOCK = "lock"
_PLACE = "the folder of uploads"


def standing(folder: Path) -> int:
    """How many bytes of an upload count."""
    try:
        return int((folder / _OFFSET).read_text(encoding="ascii"))
    except FileNotFoundError:
        return 0


def taken(folder: Path) -> int:
    """The upload's lock, which the kernel gives back with its descriptor, or UploadBusy."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        raise UploadBusy("another part is being received") from None
    return lock


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedPart:
    """A part that begins at `offset` of an upload that stands at `stands_at`, of `size_bytes`."""

    offset: int
    stands_at: int
    size_bytes: int
    sha256: str | None


class FolderPart:
    """A part under way (port `PartWriter`).

    One that begins before where the upload stands was received already: it is compared with what is
    there.
    """

    def __init__(self, folder: Path, lock: int, part: ExpectedPart) -> None:
        self._folder = folder
        self._lock = lock
        self._size_bytes = part.size_bytes
        self._stands_at = part.stands_at
        self._position = part.offset
        self._sha256 = part.sha256
        self._digest = hashlib.sha256()
        self._is_repeated = part.offset < part.stands_at
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._file = os.open(folder / CONTENT, flags, 0o600)
        if not self._is_repeated:
            os.ftruncate(self._file, part.stands_at)

    @property
    def room_bytes(self) -> int:
        return self._size_bytes - self._position

    def write(self, chunk: bytes) -> None:
        end = self._position + len(chunk)
        if end > self._size_bytes:
            raise UploadTooLarge(f"more than {self._size_bytes} bytes came")
        with told_apart(_PLACE):
            if self._is_repeated:
                self._compare(chunk)
            else:
                _write_all(self._file, chunk, at=self._position)
        if self._sha256 is not None:
            self._digest.update(chunk)
        self._position = end

    def end(self) -> int:
        is_whole = False
        try:
            if self._sha256 not in {None, self._digest.hexdigest()}:
                raise ChecksumMismatch("the part is not what its sender digested")
            if not self._is_repeated:
                self._count()
            is_whole = True
        finally:
            self._close(is_whole=is_whole)
        return self._stands_at

    def abandon(self) -> None:
        # Without a digest every byte that came is as good as those of a whole part.
        keeps = self._sha256 is None and self._position <= self._size_bytes
        is_whole = False
        try:
            if keeps and not self._is_repeated:
                self._count()
            is_whole = keeps
        finally:
            self._close(is_whole=is_whole)

    def refuse(self) -> None:
        """Takes back what came of the part."""
        self._close(is_whole=False)

    def _compare(self, chunk: bytes) -> None:
        left = self._stands_at - self._position
        if len(chunk) > left or os.pread(self._file, len(chunk), self._position) != chunk:
            raise WrongOffset(self._stands_at)

    def _count(self) -> None:
        """The bytes first, then the figure that makes them count, each on the disk."""
        with told_apart(_PLACE):
            os.fsync(self._file)
            new = self._folder / f"{_OFFSET}.new"
            try:
                with new.open("w", encoding="ascii") as stream:
                    stream.write(str(self._position))
                    stream.flush()
                    os.fsync(stream.fileno())
                new.replace(self._folder / _OFFSET)
            except FileNotFoundError:
                raise UploadNotFound("the upload was removed meanwhile") from None
        self._stands_at = self._position

    def _close(self, *, is_whole: bool) -> None:
        try:
            if not is_whole and not self._is_repeated:
                with suppress(OSError):
                    os.ftruncate(self._file, self._stands_at)
        finally:
            os.close(self._file)
            os.close(self._lock)


def _write_all(file: int, chunk: bytes, *, at: int) -> None:
    rest = memoryview(chunk)
    while rest:
        written = os.pwrite(file, rest, at)
        rest, at = rest[written:], at + written
