"""Webhooks, what is on its way to them, and runs found by their end."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secrets", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webhooks"),
    )
    op.create_index("ix_webhooks_user_id_created_at", "webhooks", ["user_id", "created_at"])
    _create_deliveries()
    op.create_index("ix_runs_user_id_finished_at", "runs", ["user_id", "finished_at"])
    op.create_index("ix_runs_finished_at", "runs", ["finished_at"])


def _create_deliveries() -> None:
    table = "webhook_deliveries"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.Text()),
        sa.Column("http_status", sa.Integer()),
        sa.CheckConstraint("tries >= 0", name=f"ck_{table}_tries"),
        sa.ForeignKeyConstraint(
            ["webhook_id"], ["webhooks.id"], name=f"fk_{table}_webhook_id_webhooks"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("webhook_id", "run_id", name=f"uq_{table}_webhook_id_run_id"),
    )
    op.create_index(f"ix_{table}_state_next_at", table, ["state", "next_at"])
    op.create_index(f"ix_{table}_webhook_id_ended_at", table, ["webhook_id", "ended_at"])


def downgrade() -> None:
    op.drop_index("ix_runs_finished_at", "runs")
    op.drop_index("ix_runs_user_id_finished_at", "runs")
    op.drop_table("webhook_deliveries")
    op.drop_table("webhooks")
