"""The videos that users have added, in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from adapters.sql import rows
from adapters.sql.tables import runs
from adapters.sql.video_tables import user_videos
from domain.errors import VideoNotFound
from domain.identity import RunId
from domain.kept_video import KeptVideo, KeptVideoId, VideoFacts, VideoState
from domain.ledger import UserId
from domain.run import Failure, RunStatus, Stage
from domain.upload import UploadId
from domain.video import Platform, platform_of

_NOT_ENDED = (str(RunStatus.QUEUED), str(RunStatus.RUNNING))
_BEFORE_ANALYSIS = (str(Stage.ACQUIRE), str(Stage.SEGMENT))


class SqlVideos:
    """Videos as rows (port `Videos`); a row that is read is locked until the end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, video: KeptVideo) -> KeptVideo:
        made: Any = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        statement = made.insert(user_videos).values(_to_row(video))
        self._connection.execute(statement.on_conflict_do_nothing())
        return self._one(*_of_source(video.user_id, video.source.video_id, video_platform(video)))

    def get(self, video_id: KeptVideoId, *, user_id: UserId) -> KeptVideo:
        return self._one(user_videos.c.id == video_id, user_videos.c.user_id == user_id)

    def whosever(self, video_id: KeptVideoId) -> KeptVideo:
        return self._one(user_videos.c.id == video_id)

    def save(self, video: KeptVideo) -> None:
        change = update(user_videos).where(user_videos.c.id == video.id).values(_to_row(video))
        if self._connection.execute(change).rowcount != 1:
            raise VideoNotFound("no video has this id")

    def resolving(self, *, added_before: datetime, limit: int) -> Sequence[KeptVideoId]:
        columns = user_videos.c
        query = (
            select(columns.id)
            .where(columns.state == str(VideoState.RESOLVING), columns.added_at < added_before)
            .order_by(columns.added_at, columns.id)
            .limit(limit)
        )
        return [KeptVideoId(found) for found in self._connection.execute(query).scalars()]

    def resolving_of(self, user_id: UserId) -> int:
        columns = user_videos.c
        query = select(func.count()).where(
            columns.user_id == user_id, columns.state == str(VideoState.RESOLVING)
        )
        return int(self._connection.execute(query).scalar_one())

    def of_original(self, upload_id: UploadId) -> KeptVideo | None:
        return self._found(user_videos.c.original == upload_id)

    def of_upload(self, user_id: UserId, video_id: str) -> KeptVideo | None:
        return self._found(*_of_source(user_id, video_id, str(Platform.UPLOAD)))

    def is_awaited(self, video: KeptVideo, *, besides: RunId | None = None) -> bool:
        columns = runs.c
        waiting = [
            columns.user_id == video.user_id,
            columns.platform_id == video_platform(video),
            columns.video_id == video.source.video_id,
            columns.status.in_(_NOT_ENDED),
            or_(columns.stage.is_(None), columns.stage.in_(_BEFORE_ANALYSIS)),
        ]
        if besides is not None:
            waiting.append(columns.id != besides)
        return bool(self._connection.execute(select(exists().where(*waiting))).scalar_one())

    def _one(self, *conditions: ColumnElement[bool]) -> KeptVideo:
        found = self._found(*conditions)
        if found is None:
            raise VideoNotFound("no video of this user has this id")
        return found

    def _found(self, *conditions: ColumnElement[bool]) -> KeptVideo | None:
        query = select(user_videos).where(*conditions).with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _to_video(row)


def video_platform(video: KeptVideo) -> str:
    return str(platform_of(video.source))


def _of_source(user_id: UserId, video_id: str, platform: str) -> list[ColumnElement[bool]]:
    columns = user_videos.c
    return [
        columns.user_id == user_id,
        columns.platform_id == platform,
        columns.video_id == video_id,
    ]


def _to_row(video: KeptVideo) -> dict[str, Any]:
    return {
        "id": video.id,
        "user_id": video.user_id,
        "platform_id": video_platform(video),
        "video_id": video.source.video_id,
        "source": rows.from_source(video.source),
        "given": asdict(video.given),
        "told": None if video.told is None else asdict(video.told),
        "facts": None if video.facts is None else asdict(video.facts),
        "refusal": None if video.refusal is None else asdict(video.refusal),
        "state": str(video.state),
        "added_at": video.added_at,
        "original": video.original,
    }


def _to_video(row: rows.Row) -> KeptVideo:
    return KeptVideo(
        id=KeptVideoId(row["id"]),
        user_id=UserId(row["user_id"]),
        source=rows.to_source(row["source"]),
        given=rows.to_metadata(row["given"]),
        added_at=row["added_at"],
        state=VideoState(row["state"]),
        told=None if row["told"] is None else rows.to_metadata(row["told"]),
        facts=None if row["facts"] is None else VideoFacts(**row["facts"]),
        refusal=None if row["refusal"] is None else Failure(**row["refusal"]),
        original=None if row["original"] is None else UploadId(row["original"]),
    )
