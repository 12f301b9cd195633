"""The tables of users and their credits: accounts, grants, holds, what was booked, the outbox.

None of them refers to runs, nor to users: what was booked outlives an erased run.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from adapters.sql.tables import UtcDateTime, metadata

# SQLite numbers rows by itself under this type alone.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("is_administrator", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("name"),
)

# A plan is in force until a later one is: rows are added, not changed.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("valid_from", UtcDateTime, primary_key=True),
    Column("plan", Text, nullable=False),
)

# The running balance: what a user's postings sum up to. Its row is the user's lock.
accounts = Table(
    "accounts",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("available_kopecks", BigInteger, nullable=False),
    Column("held_kopecks", BigInteger, nullable=False),
    CheckConstraint("available_kopecks >= 0", name="available"),
    CheckConstraint("held_kopecks >= 0", name="held"),
)

grants = Table(
    "grants",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),
    Column("available_kopecks", BigInteger, nullable=False),
    Column("held_kopecks", BigInteger, nullable=False),
    CheckConstraint("available_kopecks >= 0", name="available"),
    CheckConstraint("held_kopecks >= 0", name="held"),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)

# `ordinal` counts the holds of one run; lines are kopecks by component, parts [grant, kopecks].
holds = Table(
    "holds",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("run_id", Uuid, nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    UniqueConstraint("user_id", "run_id", "ordinal"),
    Index(None, "state", "expires_at"),
)

# Rows of this table and the next are added and read, never changed: triggers refuse anything else.
ledger_operations = Table(
    "ledger_operations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("key", Text),
    Column("fingerprint", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("subject", Uuid),
    Column("run_id", Uuid),
    Column("note", Text, nullable=False),
    UniqueConstraint("user_id", "key"),
)

billing_ledger = Table(
    "billing_ledger",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("operation_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("run_id", Uuid),
    Column("account", Text, nullable=False),
    Column("kopecks", BigInteger, nullable=False),
    Column("grant_id", Uuid, nullable=False),
    Column("component", Text),
    Column("reason", Text),
    Column("corrects", BigInteger),
    Index(None, "user_id", "number"),
    Index(None, "run_id"),
    Index(None, "corrects"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("run_id", Uuid, nullable=False),
    UniqueConstraint("run_id"),
)
