"""Passwords, sessions, API keys and attempts to sign in; what people set and their profiles."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    _make_credentials()
    _make_tokens()
    _make_attempts()
    _make_choices()


def downgrade() -> None:
    for table in (
        "profiles",
        "account_settings",
        "sign_in_attempts",
        "api_keys",
        "sessions",
        "credentials",
    ):
        op.drop_table(table)


def _make_credentials() -> None:
    op.create_table(
        "credentials",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        _of_a_user("credentials"),
        sa.PrimaryKeyConstraint("user_id", name="pk_credentials"),
    )


def _make_tokens() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _of_a_user("sessions"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_sha256", name="uq_sessions_token_sha256"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("token_sha256", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        _of_a_user("api_keys"),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("token_sha256", name="uq_api_keys_token_sha256"),
    )
    op.create_index("ix_api_keys_user_id", "api_keys", ["user_id"])


def _make_attempts() -> None:
    op.create_table(
        "sign_in_attempts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email_sha256", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_attempts"),
    )
    op.create_index(
        "ix_sign_in_attempts_email_sha256_at", "sign_in_attempts", ["email_sha256", "at"]
    )
    op.create_index("ix_sign_in_attempts_at", "sign_in_attempts", ["at"])


def _make_choices() -> None:
    op.create_table(
        "account_settings",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("freshness_days", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("review_sentences_min", sa.Integer(), nullable=False),
        sa.Column("review_sentences_max", sa.Integer(), nullable=False),
        _of_a_user("account_settings"),
        sa.PrimaryKeyConstraint("user_id", name="pk_account_settings"),
    )
    op.create_table(
        "profiles",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        _of_a_user("profiles"),
        sa.PrimaryKeyConstraint("user_id", "name", name="pk_profiles"),
    )


def _of_a_user(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["user_id"], ["users.id"], name=f"fk_{table}_user_id_users", ondelete="CASCADE"
    )
