"""The table of payments."""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Table, Text, Uuid

from adapters.sql.tables import UtcDateTime, metadata

# It refers to no user: what was paid outlives an erased one.
payments = Table(
    "payments",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("kopecks", BigInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("state", Text, nullable=False),
    Column("ended_at", UtcDateTime),
    CheckConstraint("kopecks > 0", name="kopecks"),
    Index(None, "user_id", "created_at"),
)
