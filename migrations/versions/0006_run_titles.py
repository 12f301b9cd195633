"""Titles of runs in a form that is searched: case apart, in every alphabet."""

import re
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# What no database writes as text, and JSON does: U+0000, and halves of characters.
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")

_RUNS = sa.table(
    "runs",
    sa.column("id", sa.Uuid()),
    sa.column("metadata", sa.JSON()),
    sa.column("title_folded", sa.Text()),
)


def upgrade() -> None:
    column = sa.Column("title_folded", sa.Text(), nullable=False, server_default=sa.text("''"))
    op.add_column("runs", column)
    connection = op.get_bind()
    for row in connection.execute(sa.select(_RUNS.c.id, _RUNS.c.metadata)).all():
        title = _UNWRITABLE.sub("", (row.metadata.get("title") or "").casefold())
        written = sa.update(_RUNS).where(_RUNS.c.id == row.id).values(title_folded=title)
        connection.execute(written)


def downgrade() -> None:
    op.drop_column("runs", "title_folded")
