"""Prices, cost models, measured times and estimates; what has happened is only added to."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

# And what tells that a row is there already.
_ONLY_ADDED_TO = {
    "run_events": "EXISTS (SELECT 1 FROM run_events AS kept"
    " WHERE kept.run_id = NEW.run_id AND kept.sequence = NEW.sequence)",
    "component_pricing": "EXISTS (SELECT 1 FROM component_pricing AS kept"
    " WHERE kept.component = NEW.component AND kept.version = NEW.version)",
}

_runs = sa.table(
    "runs",
    sa.column("id", sa.Uuid()),
    sa.column("finished_at", sa.DateTime(timezone=True)),
    sa.column("preprocessing", sa.JSON()),
)
_components = sa.table(
    "run_components",
    sa.column("run_id", sa.Uuid()),
    sa.column("name", sa.Text()),
    sa.column("status", sa.Text()),
    sa.column("duration_ms", sa.BigInteger()),
    sa.column("units", sa.Double()),
)
_timings = sa.table(
    "component_timings",
    sa.column("run_id", sa.Uuid()),
    sa.column("component", sa.Text()),
    sa.column("units", sa.Double()),
    sa.column("seconds", sa.Double()),
    sa.column("width_px", sa.Integer()),
    sa.column("height_px", sa.Integer()),
    sa.column("duration_s", sa.Double()),
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    _make_tables()
    _refuse_changes()
    _gather_timings()


def downgrade() -> None:
    _allow_changes()
    op.drop_table("estimates")
    op.drop_table("component_timings")
    op.drop_table("component_resource_requirements")
    op.drop_table("component_pricing")


def _make_tables() -> None:
    op.create_table(
        "component_pricing",
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("cpu_rate", sa.Text(), nullable=False),
        sa.Column("gpu_rate", sa.Text(), nullable=False),
        sa.Column("resolution_factors", sa.JSON(), nullable=False),
        sa.Column("duration_factors", sa.JSON(), nullable=False),
        sa.Column("markup_percent", sa.Text(), nullable=False),
        sa.Column("empty_price", sa.Text()),
        sa.Column("reused_price", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("component", "version", name="pk_component_pricing"),
    )
    op.create_table(
        "component_resource_requirements",
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("a_s", sa.Double(), nullable=False),
        sa.Column("b_s_per_unit", sa.Double(), nullable=False),
        sa.Column("gpu_a_s", sa.Double(), nullable=False),
        sa.Column("gpu_b_s_per_unit", sa.Double(), nullable=False),
        sa.Column("p90_factor", sa.Double(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("component", "version", name="pk_component_resource_requirements"),
    )
    op.create_table(
        "component_timings",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("component", sa.Text(), nullable=False),
        sa.Column("units", sa.Double(), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("width_px", sa.Integer(), nullable=False),
        sa.Column("height_px", sa.Integer(), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_component_timings_run_id_runs"),
        sa.PrimaryKeyConstraint("run_id", "component", name="pk_component_timings"),
    )
    op.create_index("ix_component_timings_component_at", "component_timings", ["component", "at"])
    op.create_table(
        "estimates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_estimates"),
    )
    op.create_index("ix_estimates_expires_at", "estimates", ["expires_at"])


def _refuse_changes() -> None:
    """A later revision that copies such a table on SQLite makes its triggers anew."""
    if _is_sqlite():
        for table, same in _ONLY_ADDED_TO.items():
            _refuse(table, "update", "UPDATE")
            _refuse(table, "delete", "DELETE")
            # INSERT OR REPLACE removes a row without a word to the triggers of removal.
            _refuse(table, "replace", "INSERT", only=f"WHEN {same}")
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME "
        "USING ERRCODE = 'restrict_violation'; END $$"
    )
    for table in _ONLY_ADDED_TO:
        op.execute(
            f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _refuse(table: str, name: str, act: str, *, only: str = "") -> None:
    op.execute(
        f"CREATE TRIGGER {table}_refuses_{name} BEFORE {act} ON {table} {only} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    )


def _allow_changes() -> None:
    for table in _ONLY_ADDED_TO:
        if _is_sqlite():
            for name in ("update", "delete", "replace"):
                op.execute(f"DROP TRIGGER {table}_refuses_{name}")
        else:
            op.execute(f"DROP TRIGGER {table}_refuses_change ON {table}")
            op.execute(f"DROP TRIGGER {table}_refuses_truncate ON {table}")
    if not _is_sqlite():
        op.execute("DROP FUNCTION refuse_change()")


def _gather_timings() -> None:
    """Times of every finished run, for calibration."""
    connection = op.get_bind()
    finished = sa.select(_runs).where(_runs.c.finished_at.is_not(None))
    for run in connection.execute(finished).mappings().all():
        if not run["preprocessing"]:
            continue
        mine = sa.select(_components).where(_components.c.run_id == run["id"])
        ended = connection.execute(mine.where(_components.c.status == "ok")).mappings().all()
        rows = list(_timings_of(run, ended))
        connection.execute(sa.insert(_timings), rows)


def _timings_of(
    run: Mapping[Any, Any], ended: Sequence[Mapping[Any, Any]]
) -> Iterator[dict[str, Any]]:
    done = run["preprocessing"]
    width_px, height_px = done["source"]["shown_size"]
    duration_s = done["timeline"]["duration_s"]
    decoded = width_px * height_px * done["source"]["frame_rate_hz"] * duration_s / 1e6
    about = {
        "run_id": run["id"],
        "width_px": width_px,
        "height_px": height_px,
        "duration_s": duration_s,
        "at": run["finished_at"],
    }
    # As on the day of this revision: megapixels, and half a one for each frame of the timeline.
    prepared = decoded + 0.5 * done["timeline"]["frame_count"]
    seconds = done["duration_ms"] / 1000
    yield {**about, "component": "preparation", "units": prepared, "seconds": seconds}
    for row in ended:
        seconds = row["duration_ms"] / 1000
        yield {**about, "component": row["name"], "units": row["units"], "seconds": seconds}


def _is_sqlite() -> bool:
    return op.get_context().dialect.name == "sqlite"
