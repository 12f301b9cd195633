"""What one measurement of a component takes of a machine, beside its cost model."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

TABLE = "component_resource_requirements"
FIGURES = ("memory_mib", "gpu_memory_mib", "cores")


def upgrade() -> None:
    # Rows from before say nothing of it, nor do those of a new cost model.
    for name in FIGURES:
        op.add_column(TABLE, sa.Column(name, sa.Integer()))


def downgrade() -> None:
    for name in reversed(FIGURES):
        op.drop_column(TABLE, name)
