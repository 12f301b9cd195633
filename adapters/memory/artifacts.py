"""Results in memory."""

import copy
import hashlib
import json
from collections.abc import Mapping

from application.errors import ArtifactCorrupt
from domain.artifact import Artifact, checked_path, manifest_path
from domain.canonical import JsonValue
from domain.errors import ArtifactNotFound
from domain.identity import RunIdentity


class MemoryArtifacts:
    """Results in memory; `contents` lies open so that a test can harm it."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self._manifests: dict[str, Mapping[str, JsonValue]] = {}

    def write(self, path: str, content: bytes) -> tuple[int, str]:
        self.contents[str(checked_path(path))] = content
        return len(content), hashlib.sha256(content).hexdigest()

    def read(self, artifact: Artifact) -> bytes:
        content = self.contents.get(str(checked_path(artifact.path)))
        if content is None:
            name = artifact.component
            raise ArtifactNotFound(f"nothing is stored for {name}", component=name)
        found = len(content), hashlib.sha256(content).hexdigest()
        if found != (artifact.size_bytes, artifact.sha256):
            raise ArtifactCorrupt(f"{artifact.component} is not what was written")
        return content

    def write_manifest(self, identity: RunIdentity, manifest: Mapping[str, JsonValue]) -> str:
        json.dumps(manifest, allow_nan=False)
        path = manifest_path(identity)
        self._manifests[path] = copy.deepcopy(manifest)
        return self.location(path)

    def read_manifest(self, identity: RunIdentity) -> dict[str, JsonValue] | None:
        manifest = self._manifests.get(manifest_path(identity))
        return None if manifest is None else copy.deepcopy(dict(manifest))

    def location(self, path: str) -> str:
        return f"memory:{checked_path(path)}"

    def sweep(self, identity: RunIdentity) -> None:
        """Nothing is ever left half-written in memory."""
