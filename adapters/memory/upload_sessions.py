"""Uploads in memory."""

from collections.abc import Sequence
from datetime import datetime

from adapters.memory.database import Kept
from domain.errors import UploadNotFound
from domain.ledger import UserId
from domain.upload import Upload, UploadId, UploadState


class MemoryUploadSessions:
    """Uploads by id, each somebody's (port `UploadSessions`)."""

    def __init__(self, kept: Kept) -> None:
        self._uploads = kept.uploads

    def add(self, upload: Upload) -> None:
        self._uploads[upload.id] = upload

    def get(self, upload_id: UploadId, *, user_id: UserId) -> Upload:
        upload = self._uploads.get(upload_id)
        if upload is None or upload.user_id != user_id:
            raise UploadNotFound("no upload of this user has this id")
        return upload

    def find(self, upload_id: UploadId) -> Upload | None:
        return self._uploads.get(upload_id)

    def save(self, upload: Upload) -> None:
        if upload.id not in self._uploads:
            raise UploadNotFound("no upload has this id")
        self._uploads[upload.id] = upload

    def open_of(self, user_id: UserId) -> int:
        return sum(
            upload.user_id == user_id and upload.state is UploadState.OPEN
            for upload in self._uploads.values()
        )

    def abandoned(self, *, created_before: datetime, limit: int) -> Sequence[UploadId]:
        found = [
            upload
            for upload in self._uploads.values()
            if upload.state is UploadState.OPEN and upload.created_at < created_before
        ]
        found.sort(key=lambda upload: (upload.created_at, upload.id))
        return [upload.id for upload in found[:limit]]

    def remove(self, upload_id: UploadId) -> None:
        self._uploads.pop(upload_id, None)
