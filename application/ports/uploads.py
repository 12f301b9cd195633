"""Where the bytes of uploads are: staged by those who send them, kept until they are measured."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from domain.upload import Upload, UploadId


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadTarget:
    """Bytes that are missing and where they are sent: from `offset`, at most `size_bytes` of them.

    `url` is signed and holds until `expires_at`; one without a host is below the API's own address.
    With the method PATCH the bytes may come in any number of parts, each telling its offset; with
    PUT exactly these bytes come as one.
    """

    method: str
    url: str
    offset: int
    size_bytes: int
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedUpload:
    """Bytes that are kept under an upload, and when the last of them came."""

    id: UploadId
    touched_at: datetime
    size_bytes: int


class Uploads(Protocol):
    """The bytes of all uploads.

    Contract (tests/contracts/uploads.py): what was received is there after a restart; `opened` and
    `fetch` give exactly the bytes that were sent, in order, or raise `UploadMissing`; discarding is
    harmless when nothing is there.
    """

    def targets(self, upload: Upload, *, now: datetime) -> Sequence[UploadTarget]:
        """Where what is missing is to be sent; nothing once everything has come."""
        ...

    def received(self, upload: Upload) -> int:
        """How many of its bytes have come."""
        ...

    def opened(self, upload_id: UploadId) -> AbstractContextManager[Path]:
        """The whole content as a local file, to be read while the context lasts."""
        ...

    def fetch(self, upload_id: UploadId, *, into: Path) -> None:
        """The whole content as a local file of one's own; nothing there when that fails."""
        ...

    def discard(self, upload_id: UploadId) -> int:
        """Removes what is kept; returns how many bytes that were."""
        ...

    def staged(self) -> Sequence[StagedUpload]:
        """Everything that is kept, the oldest first."""
        ...
