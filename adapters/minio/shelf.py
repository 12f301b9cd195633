"""A shelf in the bucket of an S3 server, beside the results."""

from collections.abc import Sequence
from datetime import datetime

from adapters.minio.bucket import S3Bucket
from application.errors import AdapterError
from domain.artifact import checked_path

FILE_BYTES_MAX = 64 << 20
"""Many times any page; what is longer is none of ours, and is not read into memory."""


class MinioShelf:
    """Objects under the same paths as in a folder (port `Shelf`)."""

    def __init__(self, bucket: S3Bucket) -> None:
        self._bucket = bucket

    def put(self, path: str, content: bytes) -> None:
        self._bucket.put(str(checked_path(path)), content)

    def read(self, path: str) -> bytes | None:
        with self._bucket.opened(str(checked_path(path))) as found:
            if found is None:
                return None
            if not 0 <= found.size_bytes <= FILE_BYTES_MAX:
                raise AdapterError("an object is too large", code="storage_failed")
            return b"".join(found.chunks())

    def has(self, path: str) -> bool:
        key = str(checked_path(path))
        return any(found.key == key for found in self._bucket.listed(key))

    def names(self, folder: str) -> Sequence[str]:
        prefix = f"{checked_path(folder)}/"
        keys = [found.key.removeprefix(prefix) for found in self._bucket.listed(prefix)]
        return sorted({key.split("/")[0] for key in keys})

    def expire(self, folder: str, *, stored_before: datetime) -> int:
        listed = self._bucket.listed(f"{checked_path(folder)}/")
        old = [found.key for found in listed if found.changed_at < stored_before]
        if old:
            self._bucket.remove(old)
        return len(old)

    def location(self, path: str) -> str:
        return f"s3://{self._bucket.name}/{checked_path(path)}"
