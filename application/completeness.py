"""Whether everything that a manifest promises is really there, and whole."""

from application.errors import ArtifactCorrupt
from application.ports.artifacts import Artifacts
from domain.artifact import Artifact
from domain.canonical import JsonValue
from domain.errors import ArtifactNotFound


def missing_artifacts(artifacts: Artifacts, manifest: dict[str, JsonValue]) -> list[str]:
    """Paths that the manifest names but the store does not hold whole, in the manifest's order.

    A run is complete only when this is empty. Raises ValueError for what is not a manifest.
    """
    return [artifact.path for artifact in _named(manifest) if not _is_whole(artifacts, artifact)]


def _named(manifest: dict[str, JsonValue]) -> list[Artifact]:
    match manifest:
        case {"components": [*components]}:
            return [artifact for entry in components for artifact in _of_component(entry)]
    raise ValueError("a manifest lists its components")


def _of_component(entry: JsonValue) -> list[Artifact]:
    match entry:
        case {
            "name": str(name),
            "schema_version": str(schema_version),
            "producer_version": str(producer_version),
            "artifacts": [*files],
        }:
            return [_of_file(file, name, (schema_version, producer_version)) for file in files]
    raise ValueError("a component of a manifest has a name, versions and artifacts")


def _of_file(file: JsonValue, component: str, versions: tuple[str, str]) -> Artifact:
    match file:
        case {"path": str(path), "bytes": int(size_bytes), "sha256": str(sha256)}:
            return Artifact(component, path, size_bytes, sha256, *versions)
    raise ValueError("an artifact in a manifest has a path, its bytes and its sha256")


def _is_whole(artifacts: Artifacts, artifact: Artifact) -> bool:
    try:
        artifacts.read(artifact)
    except (ArtifactNotFound, ArtifactCorrupt):
        return False
    return True
