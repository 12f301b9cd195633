"""Receiving a part of an upload at our own endpoint."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.upload_writer import PartWriter, UploadWriter
from domain.ledger import UserId
from domain.upload import UploadId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivePart:
    """Opens a part of an upload that still takes bytes; the caller writes and ends it."""

    unit_of_work: Callable[[], UnitOfWork]
    writer: UploadWriter
    clock: Clock

    def __call__(
        self, user_id: UserId, upload_id: UploadId, *, offset: int, sha256: str | None
    ) -> PartWriter:
        """Raises UploadNotFound, UploadEnded, WrongOffset and UploadBusy."""
        with self.unit_of_work() as work:
            upload = work.upload_sessions.get(upload_id, user_id=user_id)
        upload.check_open(now=self.clock.now())
        return self.writer.begin(upload, offset=offset, sha256=sha256)
