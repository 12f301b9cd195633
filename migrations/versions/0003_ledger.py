"""Users and their credits: accounts, grants, holds, what was booked, the outbox; whose a run is."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# The user of an installation that serves one person; all runs so far are theirs.
_LOCAL_USER = "6c6f63616c0040008000000000000001"

_users = sa.table(
    "users",
    sa.column("id", sa.Uuid()),
    sa.column("name", sa.Text()),
    sa.column("is_administrator", sa.Boolean()),
    sa.column("created_at", sa.DateTime(timezone=True)),
)

# A sum too large for its column would become an inexact number in SQLite.
_AMOUNT = "BETWEEN 0 AND 1000000000000000000"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_FUNCTIONS = Path(__file__).with_name("0003_ledger_functions.sql")

# What identifies a row: who writes a row of the same identity again would replace the first.
_ONLY_ADDED_TO = {
    "ledger_operations": (
        "EXISTS (SELECT 1 FROM ledger_operations "
        "WHERE id = NEW.id OR (user_id = NEW.user_id AND key = NEW.key))"
    ),
    "billing_ledger": "EXISTS (SELECT 1 FROM billing_ledger WHERE number = NEW.number)",
}


def upgrade() -> None:
    _make_users()
    _make_balances()
    _make_bookings()
    _refuse_changes()
    if not _is_sqlite():
        # As the driver takes it: SQLAlchemy would read a colon as the start of a parameter.
        op.get_bind().exec_driver_sql(_FUNCTIONS.read_text(encoding="utf-8"))
    local = sa.text(f"'{_LOCAL_USER}'")
    op.add_column("runs", sa.Column("user_id", sa.Uuid(), nullable=False, server_default=local))
    op.add_column("runs", sa.Column("estimate_id", sa.Uuid()))
    op.create_index("ix_runs_user_id_created_at", "runs", ["user_id", "created_at"])


def downgrade() -> None:
    if not _is_sqlite():
        for name in ("ledger_hold", "ledger_undraw", "ledger_hold_refused", "ledger_book"):
            op.execute(f"DROP FUNCTION {name}")
    op.drop_index("ix_runs_user_id_created_at", "runs")
    op.drop_column("runs", "estimate_id")
    op.drop_column("runs", "user_id")
    for table in ("outbox", "billing_ledger", "ledger_operations"):
        op.drop_table(table)  # and its triggers with it
    for table in ("holds", "grants", "accounts", "subscriptions", "users"):
        op.drop_table(table)


def _make_users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("name", name="uq_users_name"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "valid_from", name="pk_subscriptions"),
    )
    local = {"id": UUID(_LOCAL_USER), "name": "local", "is_administrator": True}
    op.execute(sa.insert(_users).values(**local, created_at=sa.func.now()))


def _make_balances() -> None:
    op.create_table(
        "accounts",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("available_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("held_kopecks", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(f"available_kopecks {_AMOUNT}", name="ck_accounts_available"),
        sa.CheckConstraint(f"held_kopecks {_AMOUNT}", name="ck_accounts_held"),
        sa.PrimaryKeyConstraint("user_id", name="pk_accounts"),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("available_kopecks", sa.BigInteger(), nullable=False),
        sa.Column("held_kopecks", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(f"available_kopecks {_AMOUNT}", name="ck_grants_available"),
        sa.CheckConstraint(f"held_kopecks {_AMOUNT}", name="ck_grants_held"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
    )
    op.create_index("ix_grants_user_id", "grants", ["user_id"])
    op.create_index("ix_grants_expires_at", "grants", ["expires_at"])
    op.create_table(
        "holds",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_holds"),
        sa.UniqueConstraint("id", name="uq_holds_id"),
    )
    op.create_index("ix_holds_user_id_run_id", "holds", ["user_id", "run_id"])
    only = sa.text("state = 'open'")
    op.create_index(
        "ix_holds_expires_at", "holds", ["expires_at"], postgresql_where=only, sqlite_where=only
    )


def _make_bookings() -> None:
    op.create_table(
        "ledger_operations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text()),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("subject", sa.Uuid()),
        sa.Column("run_id", sa.Uuid()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_operations"),
        sa.UniqueConstraint("user_id", "key", name="uq_ledger_operations_user_id_key"),
    )
    op.create_table(
        "billing_ledger",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid()),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("kopecks", sa.BigInteger(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("component", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("corrects", sa.BigInteger()),
        sa.PrimaryKeyConstraint("number", name="pk_billing_ledger"),
    )
    op.create_index(
        "ix_billing_ledger_user_id_run_id_number",
        "billing_ledger",
        ["user_id", "run_id", "number"],
    )
    only = sa.text("corrects IS NOT NULL")
    op.create_index(
        "ix_billing_ledger_corrects",
        "billing_ledger",
        ["corrects"],
        postgresql_where=only,
        sqlite_where=only,
    )
    op.create_table(
        "outbox",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.UniqueConstraint("run_id", name="uq_outbox_run_id"),
    )


def _refuse_changes() -> None:
    """The triggers go with their tables; a later revision that copies one makes them anew."""
    for table, same in _ONLY_ADDED_TO.items():
        if _is_sqlite():
            _refuse(table, "update", "UPDATE")
            _refuse(table, "delete", "DELETE")
            # INSERT OR REPLACE removes a row without a word to the triggers of removal.
            _refuse(table, "replace", "INSERT", only=f"WHEN {same}")
        else:
            act = "EXECUTE FUNCTION refuse_change()"
            op.execute(
                f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW {act}"
            )
            op.execute(
                f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
                f"FOR EACH STATEMENT {act}"
            )


def _refuse(table: str, name: str, act: str, *, only: str = "") -> None:
    op.execute(
        f"CREATE TRIGGER {table}_refuses_{name} BEFORE {act} ON {table} {only} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    )


def _is_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
