"""The tables of users' videos and of uploads."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from adapters.sql.tables import UtcDateTime, metadata

_NULLABLE_JSON = JSON(none_as_null=True)

# One row a user and a video: what others have of the same video is nobody else's business.
user_videos = Table(
    "user_videos",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("platform_id", Text, nullable=False),
    Column("video_id", Text, nullable=False),
    Column("source", JSON, nullable=False),
    Column("given", JSON, nullable=False),
    Column("told", _NULLABLE_JSON),
    Column("facts", _NULLABLE_JSON),
    Column("refusal", _NULLABLE_JSON),
    Column("state", Text, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("original", Uuid),
    UniqueConstraint("user_id", "platform_id", "video_id"),
    Index(None, "state", "added_at"),
    Index(None, "original"),
)

uploads = Table(
    "uploads",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", Text),
    Column("metadata", JSON, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("video", Uuid),
    Index(None, "state", "created_at"),
    Index(None, "user_id", "state"),
)
