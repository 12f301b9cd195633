"""Uploads in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from adapters.sql import rows
from adapters.sql.video_tables import uploads
from domain.errors import UploadNotFound
from domain.ledger import UserId
from domain.upload import Upload, UploadId, UploadState


class SqlUploadSessions:
    """Uploads as rows (port `UploadSessions`); a row that is read is locked until the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, upload: Upload) -> None:
        self._connection.execute(insert(uploads).values(_to_row(upload)))

    def get(self, upload_id: UploadId, *, user_id: UserId) -> Upload:
        found = self._found(uploads.c.id == upload_id, uploads.c.user_id == user_id)
        if found is None:
            raise UploadNotFound("no upload of this user has this id")
        return found

    def find(self, upload_id: UploadId) -> Upload | None:
        return self._found(uploads.c.id == upload_id)

    def save(self, upload: Upload) -> None:
        change = update(uploads).where(uploads.c.id == upload.id).values(_to_row(upload))
        if self._connection.execute(change).rowcount != 1:
            raise UploadNotFound("no upload has this id")

    def open_of(self, user_id: UserId) -> int:
        columns = uploads.c
        query = select(func.count()).where(
            columns.user_id == user_id, columns.state == str(UploadState.OPEN)
        )
        return int(self._connection.execute(query).scalar_one())

    def abandoned(self, *, created_before: datetime, limit: int) -> Sequence[UploadId]:
        columns = uploads.c
        query = (
            select(columns.id)
            .where(columns.state == str(UploadState.OPEN), columns.created_at < created_before)
            .order_by(columns.created_at, columns.id)
            .limit(limit)
        )
        return [UploadId(found) for found in self._connection.execute(query).scalars()]

    def remove(self, upload_id: UploadId) -> None:
        self._connection.execute(delete(uploads).where(uploads.c.id == upload_id))

    def _found(self, *conditions: ColumnElement[bool]) -> Upload | None:
        query = select(uploads).where(*conditions).with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _to_upload(row)


def _to_row(upload: Upload) -> dict[str, Any]:
    return {
        "id": upload.id,
        "user_id": upload.user_id,
        "size_bytes": upload.size_bytes,
        "sha256": upload.sha256,
        "metadata": asdict(upload.metadata),
        "state": str(upload.state),
        "created_at": upload.created_at,
        "video": upload.video,
    }


def _to_upload(row: rows.Row) -> Upload:
    return Upload(
        id=UploadId(row["id"]),
        user_id=UserId(row["user_id"]),
        size_bytes=row["size_bytes"],
        sha256=row["sha256"],
        metadata=rows.to_metadata(row["metadata"]),
        state=UploadState(row["state"]),
        created_at=row["created_at"],
        video=row["video"],
    )
