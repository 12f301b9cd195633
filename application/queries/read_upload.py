"""How far an upload is, and where the rest of it is to be sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.uploads import Uploads, UploadTarget
from domain.ledger import UserId
from domain.upload import Upload, UploadId, UploadState


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadProgress:
    """An upload with how much of it has come; `targets` is what is missing."""

    upload: Upload
    received_bytes: int
    targets: Sequence[UploadTarget]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadUpload:
    """Tells its sender where an upload that broke off goes on; the links are made anew."""

    unit_of_work: Callable[[], UnitOfWork]
    uploads: Uploads
    clock: Clock

    def __call__(self, user_id: UserId, upload_id: UploadId) -> UploadProgress:
        """Raises UploadNotFound for another's upload as for one that never was."""
        with self.unit_of_work() as work:
            upload = work.upload_sessions.get(upload_id, user_id=user_id)
        if upload.state is UploadState.COMPLETE:
            return UploadProgress(upload=upload, received_bytes=upload.size_bytes, targets=())
        return UploadProgress(
            upload=upload,
            received_bytes=self.uploads.received(upload),
            targets=self.uploads.targets(upload, now=self.clock.now()),
        )
