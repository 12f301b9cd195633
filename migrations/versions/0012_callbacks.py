"""Callbacks: webhooks of one run alone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("webhooks", sa.Column("run_id", sa.Uuid()))
    op.create_index("ix_webhooks_run_id", "webhooks", ["run_id"])


def downgrade() -> None:
    # Of a webhook without its run, every run would be told.
    op.execute(
        "DELETE FROM webhook_deliveries WHERE webhook_id IN "
        "(SELECT id FROM webhooks WHERE run_id IS NOT NULL)"
    )
    op.execute("DELETE FROM webhooks WHERE run_id IS NOT NULL")
    op.drop_index("ix_webhooks_run_id", "webhooks")
    op.drop_column("webhooks", "run_id")
