"""Results of components that other runs may take over: by key, and when each was measured."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TABLE = "run_components"


def upgrade() -> None:
    # What was measured before has no key, and so is never taken over.
    op.add_column(TABLE, sa.Column("reuse_key", sa.Text()))
    op.add_column(TABLE, sa.Column("content_sha256", sa.Text()))
    op.add_column(TABLE, sa.Column("measured_at", sa.DateTime(timezone=True)))
    op.add_column(
        TABLE, sa.Column("is_reused", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(TABLE, sa.Column("reused_from", sa.Uuid()))
    op.create_index("ix_run_components_reuse_key_measured_at", TABLE, ["reuse_key", "measured_at"])


def downgrade() -> None:
    op.drop_index("ix_run_components_reuse_key_measured_at", TABLE)
    for column in ("reused_from", "is_reused", "measured_at", "content_sha256", "reuse_key"):
        op.drop_column(TABLE, column)
