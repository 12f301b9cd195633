"""Uploads under way and those that have become videos."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.ledger import UserId
from domain.upload import Upload, UploadId


class UploadSessions(Protocol):
    """The uploads of all users, within one unit of work.

    Contract (tests/contracts/upload_sessions.py): what was saved comes back equal in every field;
    an unknown id and another user's upload raise `UploadNotFound` alike. Who reads an upload has it
    alone until the unit of work ends.
    """

    def add(self, upload: Upload) -> None: ...

    def get(self, upload_id: UploadId, *, user_id: UserId) -> Upload: ...

    def find(self, upload_id: UploadId) -> Upload | None:
        """An upload for our own work on it, never for an answer to a person."""
        ...

    def save(self, upload: Upload) -> None: ...

    def open_of(self, user_id: UserId) -> int:
        """How many uploads of a user still take bytes."""
        ...

    def abandoned(self, *, created_before: datetime, limit: int) -> Sequence[UploadId]:
        """Uploads that were never completed, the oldest first."""
        ...

    def remove(self, upload_id: UploadId) -> None:
        """Forgets an upload; harmless when it is not there."""
        ...
