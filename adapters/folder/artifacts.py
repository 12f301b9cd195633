"""Results in a folder of the local disk, each file written whole or not at all."""

import contextlib
import hashlib
import os
import secrets
import stat
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from adapters.folder.failures import told_apart
from application import manifest_text
from application.errors import ArtifactCorrupt
from domain.artifact import Artifact, checked_path, manifest_path, run_folder
from domain.canonical import JsonValue
from domain.errors import ArtifactNotFound
from domain.identity import RunIdentity

_PLACE = "the result store"
_LEFTOVER_SUFFIX = ".tmp"
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
# Opening a pipe that somebody left there must not wait for its other end.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK


class FolderArtifacts:
    """Results below one folder.

    A file is written beside its place under a hidden name, synced, renamed, and its folder synced:
    a reader sees the old or the new one, also after a power cut. Folders are opened one below the
    other without following links, so nothing outside the root is ever written or read.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, path: str, content: bytes) -> tuple[int, str]:
        where = checked_path(path)
        # The digest costs no time beside the disk's.
        with ThreadPoolExecutor(1) as beside:
            digest = beside.submit(hashlib.sha256, content)
            with told_apart(_PLACE), self._folder(where.parent, create=True) as folder:
                _replace(folder, where.name, content)
            return len(content), digest.result().hexdigest()

    def read(self, artifact: Artifact) -> bytes:
        content = self._read(checked_path(artifact.path), size_bytes=artifact.size_bytes)
        if content is None:
            name = artifact.component
            raise ArtifactNotFound(f"nothing is stored for {name}", component=name)
        if hashlib.sha256(content).hexdigest() != artifact.sha256:
            raise ArtifactCorrupt(f"{artifact.component} is not what was written")
        return content

    def write_manifest(self, identity: RunIdentity, manifest: Mapping[str, JsonValue]) -> str:
        path = manifest_path(identity)
        self.write(path, manifest_text.written(manifest))
        return self.location(path)

    def read_manifest(self, identity: RunIdentity) -> dict[str, JsonValue] | None:
        content = self._read(checked_path(manifest_path(identity)), size_bytes=None)
        return None if content is None else manifest_text.read(content)

    def location(self, path: str) -> str:
        return str(self._root / checked_path(path))

    def sweep(self, identity: RunIdentity) -> None:
        place = self._folder(run_folder(identity), create=False)
        with told_apart(_PLACE), contextlib.suppress(FileNotFoundError), place as folder:
            _sweep(folder)

    def _read(self, path: PurePosixPath, *, size_bytes: int | None) -> bytes | None:
        """The file's content; None when it is not there. Another size is told before reading."""
        with told_apart(_PLACE):
            try:
                with self._folder(path.parent, create=False) as folder:
                    file = os.open(path.name, _FILE, dir_fd=folder)
            except FileNotFoundError:
                return None
            try:
                return _content(file, size_bytes=size_bytes)
            finally:
                os.close(file)

    @contextlib.contextmanager
    def _folder(self, path: PurePosixPath, *, create: bool) -> Iterator[int]:
        if create:
            self._root.mkdir(parents=True, exist_ok=True)
        folder = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for part in path.parts:
                if create:
                    _make_folder(folder, part)
                inner = os.open(part, _FOLDER, dir_fd=folder)
                os.close(folder)
                folder = inner
            yield folder
        finally:
            os.close(folder)


def _content(file: int, *, size_bytes: int | None) -> bytes:
    state = os.fstat(file)
    if not stat.S_ISREG(state.st_mode):
        raise ArtifactCorrupt("what is stored is no file")
    if size_bytes is not None and state.st_size != size_bytes:
        raise ArtifactCorrupt(f"the file has {state.st_size} bytes, not {size_bytes}")
    with os.fdopen(file, "rb", buffering=0, closefd=False) as stream:
        return stream.readall()


def _make_folder(parent: int, name: str) -> None:
    with contextlib.suppress(FileExistsError):
        os.mkdir(name, dir_fd=parent)
        os.fsync(parent)


def _replace(folder: int, name: str, content: bytes) -> None:
    leftover = f".{name}.{secrets.token_hex(8)}{_LEFTOVER_SUFFIX}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(leftover, flags, 0o644, dir_fd=folder), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(leftover, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(leftover, dir_fd=folder)
        raise
    os.fsync(folder)


def _sweep(folder: int) -> None:
    for entry in sorted(os.listdir(folder)):
        mode = os.stat(entry, dir_fd=folder, follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode):
            inner = os.open(entry, _FOLDER, dir_fd=folder)
            try:
                _sweep(inner)
            finally:
                os.close(inner)
        elif entry.startswith(".") and entry.endswith(_LEFTOVER_SUFFIX):
            os.unlink(entry, dir_fd=folder)
