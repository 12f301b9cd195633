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
    text,
)

from adapters.sql.tables import UtcDateTime, metadata

# SQLite numbers rows by itself under this type alone.
# A sum too large for its column would become an inexact number in SQLite.
_AMOUNT = "BETWEEN 0 AND 1000000000000000000"
_IS_OPEN = "state = 'open'"
_CORRECTS = "corrects IS NOT NULL"

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
    CheckConstraint(f"available_kopecks {_AMOUNT}", name="available"),
    CheckConstraint(f"held_kopecks {_AMOUNT}", name="held"),
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
    CheckConstraint(f"available_kopecks {_AMOUNT}", name="available"),
    CheckConstraint(f"held_kopecks {_AMOUNT}", name="held"),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)

# Lines are kopecks by component, parts [grant, kopecks] in the order they were drawn.
holds = Table(
    "holds",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("run_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("lines", JSON, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    UniqueConstraint("id"),
    Index(None, "user_id", "run_id"),
    Index(None, "expires_at", postgresql_where=text(_IS_OPEN), sqlite_where=text(_IS_OPEN)),
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
    # Few indexes: every one of them is written twice a hold.
    Index(None, "user_id", "run_id", "number"),
    Index(None, "corrects", postgresql_where=text(_CORRECTS), sqlite_where=text(_CORRECTS)),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", _NUMBER, primary_key=True),
    Column("run_id", Uuid, nullable=False),
    # Not to be taken up before this moment; none: at once.
    Column("ready_at", UtcDateTime),
    # When a broker last said that it keeps the message for it.
    Column("published_at", UtcDateTime),
    UniqueConstraint("run_id"),
)
