"""Artifacts: immutable files that components produced, and where each lives (R-303, R-304)."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from domain.identity import RunIdentity

_PATH_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}")


@dataclass(frozen=True, slots=True)
class Artifact:
    """One stored file of a run, known by its path in the store, its size and its digest."""

    component: str
    path: str
    size_bytes: int
    sha256: str
    schema_version: str
    producer_version: str


def run_folder(identity: RunIdentity) -> PurePosixPath:
    """The folder of a run below `result_store/`, same on disk and in object storage."""
    return PurePosixPath(str(identity.platform_id), identity.video_id, str(identity.run_id))


def artifact_path(identity: RunIdentity, component: str) -> str:
    """Where a component's artifact lives below `result_store/`."""
    return str(run_folder(identity) / component / f"{component}.npz")


def manifest_path(identity: RunIdentity) -> str:
    """Where a run's manifest lives below `result_store/`."""
    return str(run_folder(identity) / "manifest.json")


def checked_path(path: str) -> PurePosixPath:
    """The same path, when it stays below `result_store/` under any store; else ValueError.

    Parts are plain names that do not begin with a dot: nothing hidden, nothing upwards.
    """
    parts = path.split("/")
    if not all(_PATH_PART.fullmatch(part) for part in parts):
        raise ValueError("a path in the store is made of plain names")
    return PurePosixPath(*parts)
