"""The tables of webhooks and of what is on its way to them."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from adapters.sql.tables import UtcDateTime, metadata

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    # A callback is told of one run, any other webhook of all.
    Column("run_id", Uuid),
    Column("url", Text, nullable=False),
    # They sign, so they are kept as they are; nobody is shown them after the first time.
    Column("secrets", JSON(none_as_null=True), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "user_id", "created_at"),
    Index(None, "run_id"),
)

# It refers to no run: that a user was told outlives an erased one.
webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("webhook_id", Uuid, ForeignKey("webhooks.id"), nullable=False),
    Column("run_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("status", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("tried_at", UtcDateTime),
    Column("outcome", Text),
    Column("http_status", Integer),
    CheckConstraint("tries >= 0", name="tries"),
    UniqueConstraint("webhook_id", "run_id"),
    Index(None, "state", "next_at"),
    Index(None, "webhook_id", "ended_at"),
)
