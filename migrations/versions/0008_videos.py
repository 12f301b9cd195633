"""The videos that users have added, and uploads."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "user_videos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("platform_id", sa.Text(), nullable=False),
        sa.Column("video_id", sa.Text(), nullable=False),
        sa.Column("source", sa.JSON(), nullable=False),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON()),
        sa.Column("facts", sa.JSON()),
        sa.Column("refusal", sa.JSON()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("original", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_user_videos"),
        sa.UniqueConstraint(
            "user_id", "platform_id", "video_id", name="uq_user_videos_user_id_platform_id_video_id"
        ),
    )
    op.create_index("ix_user_videos_state_added_at", "user_videos", ["state", "added_at"])
    op.create_index("ix_user_videos_original", "user_videos", ["original"])
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text()),
        sa.Column("metadata", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("video", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name="pk_uploads"),
    )
    op.create_index("ix_uploads_state_created_at", "uploads", ["state", "created_at"])
    op.create_index("ix_uploads_user_id_state", "uploads", ["user_id", "state"])


def downgrade() -> None:
    op.drop_table("uploads")
    op.drop_table("user_videos")
