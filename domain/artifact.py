"""Artifacts: immutable files that components produced, and where each lives (R-303, R-304)."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from domain.identity import RunIdentity


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
