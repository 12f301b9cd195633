"""The tables of who people are: passwords, sessions, API keys, attempts; settings, profiles.

All but the attempts go with their user. Tokens and addresses are kept as digests alone.
"""

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, Uuid

from adapters.sql.ledger_tables import users
from adapters.sql.tables import UtcDateTime, metadata


def _user_id(*, is_key: bool = False) -> Column[object]:
    of_user = ForeignKey(users.c.id, ondelete="CASCADE")
    return Column("user_id", Uuid, of_user, nullable=False, primary_key=is_key)


credentials = Table(
    "credentials",
    metadata,
    _user_id(is_key=True),
    Column("password_hash", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    _user_id(),
    Column("token_sha256", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    UniqueConstraint("token_sha256"),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    _user_id(),
    Column("name", Text, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("token_sha256", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    UniqueConstraint("token_sha256"),
    Index(None, "user_id"),
)

# Most of them are of nobody's address: they refer to no user.
sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email_sha256", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "email_sha256", "at"),
    Index(None, "at"),
)

account_settings = Table(
    "account_settings",
    metadata,
    _user_id(is_key=True),
    Column("freshness_days", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("review_sentences_min", Integer, nullable=False),
    Column("review_sentences_max", Integer, nullable=False),
)

profiles = Table(
    "profiles",
    metadata,
    _user_id(is_key=True),
    Column("name", Text, primary_key=True),
    Column("content", JSON, nullable=False),
)
