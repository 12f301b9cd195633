"""Beginning an upload: what will come is declared, and where to send it is told."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.uploads import Uploads
from application.queries.read_upload import UploadProgress
from application.retrying import Retrying
from domain.errors import TooManyUploads
from domain.ledger import UserId
from domain.upload import Upload, UploadId
from domain.video import Metadata

OPEN_MAX = 10
"""Uploads of one user that take bytes at once: a folder of clips, and not a full disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateUpload:
    """Opens an upload for a day (R-107); nothing is charged, now or later, for an upload itself."""

    unit_of_work: Callable[[], UnitOfWork]
    uploads: Uploads
    clock: Clock
    retrying: Retrying
    new_id: Callable[[], UploadId] = lambda: UploadId(uuid4())

    def __call__(
        self, user_id: UserId, *, size_bytes: int, sha256: str | None, metadata: Metadata
    ) -> UploadProgress:
        """Raises UnsupportedInput for a size that cannot be, InvalidUpload, and TooManyUploads."""
        now = self.clock.now()
        upload = Upload(
            id=self.new_id(),
            user_id=user_id,
            size_bytes=size_bytes,
            sha256=sha256,
            created_at=now,
            metadata=metadata,
        )

        def keep() -> None:
            with self.unit_of_work() as work:
                work.users.lock(user_id)
                if work.upload_sessions.open_of(user_id) >= OPEN_MAX:
                    raise TooManyUploads(f"{OPEN_MAX} uploads are under way", limit=OPEN_MAX)
                work.upload_sessions.add(upload)
                work.commit()

        # The links first: where there are none, no upload was begun.
        targets = self.uploads.targets(upload, now=now)
        self.retrying(keep)
        return UploadProgress(upload=upload, received_bytes=0, targets=targets)
