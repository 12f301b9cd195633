"""What the queue knows of a run: a cancel that was asked for, its tries, when it may go on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("runs", sa.Column("cancel_requested_at", moment))
    op.add_column("outbox", sa.Column("ready_at", moment))
    op.add_column("outbox", sa.Column("published_at", moment))
    tries = sa.Column("tries", sa.Integer(), nullable=False, server_default=sa.text("1"))
    op.add_column("leases", tries)


def downgrade() -> None:
    op.drop_column("leases", "tries")
    op.drop_column("outbox", "published_at")
    op.drop_column("outbox", "ready_at")
    op.drop_column("runs", "cancel_requested_at")
