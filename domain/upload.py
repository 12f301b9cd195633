"""An upload: a file that a user sends in parts, checked whole before it becomes a video."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType
from uuid import UUID

from domain.errors import (
    InvalidUpload,
    UnsupportedInput,
    UploadEnded,
    UploadIncomplete,
    UploadMismatch,
)
from domain.ledger import UserId
from domain.video import UPLOAD_BYTES_MAX, UPLOAD_GIB_MAX, Metadata, UploadedFile

UploadId = NewType("UploadId", UUID)

UPLOAD_LIFETIME = timedelta(hours=24)
"""How long an upload may take; what is not complete by then is abandoned (R-107)."""

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class UploadState(StrEnum):
    """Whether an upload still takes bytes."""

    OPEN = "open"
    COMPLETE = "complete"


@dataclass(slots=True, kw_only=True, eq=False)
class Upload:
    """A file on its way (aggregate); `size_bytes` and `sha256` are what its sender declared.

    `video` is the id of the user's video that it has become, once it is complete.
    """

    id: UploadId
    user_id: UserId
    size_bytes: int
    created_at: datetime
    metadata: Metadata
    sha256: str | None = None
    state: UploadState = UploadState.OPEN
    video: UUID | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.size_bytes <= UPLOAD_BYTES_MAX:
            detail = "too_large" if self.size_bytes > 0 else "empty"
            raise UnsupportedInput(
                f"a file of {self.size_bytes} bytes",
                detail=detail,
                limit_gib=UPLOAD_GIB_MAX,
            )
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise InvalidUpload("a SHA-256 has 64 digits of 0-9 a-f", field="sha256")

    @property
    def expires_at(self) -> datetime:
        return self.created_at + UPLOAD_LIFETIME

    def check_open(self, *, now: datetime) -> None:
        """Refuses more bytes for an upload that is complete or abandoned."""
        if self.state is not UploadState.OPEN or now >= self.expires_at:
            raise UploadEnded("the upload takes no more bytes")

    def check_received(self, received_bytes: int) -> None:
        """Refuses to end an upload of which something is missing."""
        if received_bytes != self.size_bytes:
            raise UploadIncomplete(
                f"{received_bytes} of {self.size_bytes} bytes have come",
                received_bytes=received_bytes,
                size_bytes=self.size_bytes,
            )

    def check_content(self, found: UploadedFile) -> None:
        """Refuses what is not the file that was declared."""
        if found.size_bytes != self.size_bytes or self.sha256 not in {None, found.sha256}:
            raise UploadMismatch("what came is not the file that was declared")

    def complete(self, video: UUID) -> None:
        """The upload has become a video; once."""
        if self.state is UploadState.COMPLETE:
            raise UploadEnded("the upload is complete already")
        self.state, self.video = UploadState.COMPLETE, video
