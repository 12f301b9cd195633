"""The tables, as SQLAlchemy Core knows them; `migrations/` makes them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    Uuid,
    false,
    text,
)

from domain.ledger import LOCAL_USER

# Every constraint has a name that follows from what it is, so that a later migration can name it.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware of it on both sides; SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone is not stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _json(name: str, *, nullable: bool = False) -> Column[Any]:
    # JSON, not JSONB: it keeps what was written, 1.0 apart from 1 and any text, also U+0000.
    return Column(name, JSON(none_as_null=True), nullable=nullable)


videos = Table(
    "videos",
    metadata,
    Column("platform_id", Text, primary_key=True),
    Column("video_id", Text, primary_key=True),
    Column("duration_s", Double),
    Column("first_seen_at", UtcDateTime, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("platform_id", Text, nullable=False),
    Column("video_id", Text, nullable=False),
    Column("config_hash", Text, nullable=False),
    Column("sampling_policy_version", Text, nullable=False),
    Column("dataprocessor_version", Text, nullable=False),
    _json("profile"),
    _json("source"),
    _json("metadata"),
    Column("status", Text, nullable=False),
    Column("stage", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    _json("failure", nullable=True),
    _json("preprocessing", nullable=True),
    # The local user's, unless somebody else is named.
    Column("user_id", Uuid, nullable=False, server_default=text(f"'{LOCAL_USER.hex}'")),
    Column("estimate_id", Uuid),
    # Written by whoever asks, at any time: the lease guards the other columns, not this one.
    Column("cancel_requested_at", UtcDateTime),
    # The title for searching: databases fold case in their own ways, and SQLite only of ASCII.
    Column("title_folded", Text, nullable=False, server_default=text("''")),
    ForeignKeyConstraint(["platform_id", "video_id"], ["videos.platform_id", "videos.video_id"]),
    Index(None, "platform_id", "video_id"),
    Index(None, "created_at"),
    Index(None, "status", "created_at"),
    Index(None, "user_id", "created_at"),
    Index(None, "user_id", "finished_at"),
    Index(None, "finished_at"),
)

run_components = Table(
    "run_components",
    metadata,
    Column("run_id", Uuid, ForeignKey("runs.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("status", Text, nullable=False),
    Column("started_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("duration_ms", BigInteger, nullable=False),
    Column("peak_memory_mib", Integer, nullable=False),
    Column("units", Double, nullable=False),
    Column("empty_reason", Text),
    _json("failure", nullable=True),
    _json("notes"),
    # What another run that is to measure the same may take over; without a key it is never found.
    Column("reuse_key", Text),
    Column("content_sha256", Text),
    Column("measured_at", UtcDateTime),
    Column("is_reused", Boolean, nullable=False, server_default=false()),
    Column("reused_from", Uuid),
    Index(None, "reuse_key", "measured_at"),
)

# Rows are added and read, never changed: an event has happened.
run_events = Table(
    "run_events",
    metadata,
    Column("run_id", Uuid, ForeignKey("runs.id"), primary_key=True),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", Text, nullable=False),
    _json("content"),
)

artifacts = Table(
    "artifacts",
    metadata,
    Column("run_id", Uuid, ForeignKey("runs.id"), primary_key=True),
    Column("component", Text, primary_key=True),
    Column("path", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("schema_version", Text, nullable=False),
    Column("producer_version", Text, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("run_id", Uuid, ForeignKey("runs.id"), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    # How often the run was taken up since it last went back to the queue in order.
    Column("tries", Integer, nullable=False, server_default=text("1")),
)
