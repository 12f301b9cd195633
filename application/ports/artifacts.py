"""The store of results: artifacts and manifests (R-303 to R-305)."""

from collections.abc import Mapping
from typing import Protocol

from domain.artifact import Artifact
from domain.canonical import JsonValue
from domain.identity import RunIdentity


class Artifacts(Protocol):
    """Results of runs, written whole or not at all.

    Contract (tests/contracts/artifacts.py): `write` is atomic and durable when it returns, `read`
    gives back exactly the bytes or raises `ArtifactCorrupt` when size or SHA-256 differ and
    `ArtifactNotFound` when nothing is there; writing the same path again replaces it whole;
    a reader never sees a torn file, whenever the writer is killed; leftovers of a killed writer are
    removed by `sweep`.
    """

    def write(self, path: str, content: bytes) -> tuple[int, str]:
        """Stores `content` under `path` (below `result_store/`); returns size and SHA-256."""
        ...

    def read(self, artifact: Artifact) -> bytes:
        """The verified content of an artifact."""
        ...

    def write_manifest(self, identity: RunIdentity, manifest: Mapping[str, JsonValue]) -> str:
        """Replaces the run's manifest atomically; returns where a person finds it."""
        ...

    def read_manifest(self, identity: RunIdentity) -> dict[str, JsonValue] | None: ...

    def location(self, path: str) -> str:
        """Where a person finds a stored path."""
        ...

    def sweep(self, identity: RunIdentity) -> None:
        """Removes what a killed writer left unfinished in the run's folder."""
        ...
