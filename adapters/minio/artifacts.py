"""Results in the bucket of an S3 server, under the same layout as in a folder (R-303)."""

import hashlib
from collections.abc import Mapping

from adapters.minio.bucket import S3Bucket
from application import manifest_text
from application.errors import ArtifactCorrupt
from domain.artifact import Artifact, checked_path, manifest_path
from domain.canonical import JsonValue
from domain.errors import ArtifactNotFound
from domain.identity import RunIdentity

ROOT = "result_store"
MANIFEST_BYTES_MAX = 64 << 20
"""Many times any manifest; what is longer is none, and is not read into memory."""


class MinioArtifacts:
    """Results as objects (port `Artifacts`).

    S3 shows an object whole or not at all, and of two that are put under one key the last: what the
    folder needs a second name and a rename for. Nothing half-written is ever left.
    """

    def __init__(self, bucket: S3Bucket) -> None:
        self._bucket = bucket

    def write(self, path: str, content: bytes) -> tuple[int, str]:
        self._bucket.put(_key(path), content)
        return len(content), hashlib.sha256(content).hexdigest()

    def read(self, artifact: Artifact) -> bytes:
        content = self._read(artifact.path, size_bytes=artifact.size_bytes)
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
        content = self._read(manifest_path(identity), size_bytes=None)
        return None if content is None else manifest_text.read(content)

    def location(self, path: str) -> str:
        return f"s3://{self._bucket.name}/{_key(path)}"

    def sweep(self, identity: RunIdentity) -> None:
        """Nothing is ever left half-written."""

    def _read(self, path: str, *, size_bytes: int | None) -> bytes | None:
        """The object's content; None when it is not there. Another size is told before reading."""
        with self._bucket.opened(_key(path)) as found:
            if found is None:
                return None
            expected = found.size_bytes if size_bytes is None else size_bytes
            if found.size_bytes != expected or expected > max(MANIFEST_BYTES_MAX, size_bytes or 0):
                raise ArtifactCorrupt(f"the object has {found.size_bytes} bytes, not {expected}")
            return b"".join(found.chunks())


def _key(path: str) -> str:
    return f"{ROOT}/{checked_path(path)}"
