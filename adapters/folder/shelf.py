"""A shelf on the local disk."""

import contextlib
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from adapters.folder.failures import told_apart
from domain.artifact import checked_path

_PLACE = "the pages and pictures"


class FolderShelf:
    """Files below `root` (port `Shelf`)."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, path: str, content: bytes) -> None:
        target = self._file(path)
        with told_apart(_PLACE):
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, content)

    def read(self, path: str) -> bytes | None:
        with told_apart(_PLACE):
            try:
                return self._file(path).read_bytes()
            except FileNotFoundError:
                return None

    def has(self, path: str) -> bool:
        return self._file(path).is_file()

    def names(self, folder: str) -> Sequence[str]:
        with told_apart(_PLACE):
            try:
                found = [path.name for path in self._file(folder).iterdir()]
            except FileNotFoundError:
                return []
        return sorted(name for name in found if not name.startswith("."))

    def expire(self, folder: str, *, stored_before: datetime) -> int:
        count = 0
        with told_apart(_PLACE):
            for file in list(self._file(folder).rglob("*")):
                # Another sweep may have taken it just now.
                with contextlib.suppress(FileNotFoundError):
                    if file.is_file() and _put_at(file) < stored_before:
                        file.unlink()
                        count += 1
                        _remove_empty(file.parent)
        return count

    def location(self, path: str) -> str:
        return str(self._file(path))

    def _file(self, path: str) -> Path:
        return self._root / checked_path(path)


def _put_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)


def _remove_empty(folder: Path) -> None:
    """The folder of a run goes with its last file."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def _replace(target: Path, content: bytes) -> None:
    # One writer a run: a part that a killed writer left behind is simply written over.
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
