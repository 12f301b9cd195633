"""The tables of prices, cost models, measured times and estimates."""

from sqlalchemy import JSON, Column, Double, ForeignKey, Index, Integer, Table, Text, Uuid

from adapters.sql.tables import UtcDateTime, metadata

# Rows are added and read, never changed: a price that was in force has been in force.
# Figures are decimals as text: SQLite has no exact number with a fraction.
component_pricing = Table(
    "component_pricing",
    metadata,
    Column("component", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("valid_from", UtcDateTime, nullable=False),
    Column("base", Text, nullable=False),
    Column("cpu_rate", Text, nullable=False),
    Column("gpu_rate", Text, nullable=False),
    Column("resolution_factors", JSON, nullable=False),
    Column("duration_factors", JSON, nullable=False),
    Column("markup_percent", Text, nullable=False),
    Column("empty_price", Text),
    Column("reused_price", Text, nullable=False),
)

# Cost models, as they were shipped or fitted to runs of this installation.
component_resource_requirements = Table(
    "component_resource_requirements",
    metadata,
    Column("component", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("valid_from", UtcDateTime, nullable=False),
    Column("a_s", Double, nullable=False),
    Column("b_s_per_unit", Double, nullable=False),
    Column("gpu_a_s", Double, nullable=False),
    Column("gpu_b_s_per_unit", Double, nullable=False),
    Column("p90_factor", Double, nullable=False),
    Column("source", Text, nullable=False),
    # What one measurement takes of a machine; none: what the row before says.
    Column("memory_mib", Integer),
    Column("gpu_memory_mib", Integer),
    Column("cores", Integer),
)

component_timings = Table(
    "component_timings",
    metadata,
    Column("run_id", Uuid, ForeignKey("runs.id"), primary_key=True),
    Column("component", Text, primary_key=True),
    Column("units", Double, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("width_px", Integer, nullable=False),
    Column("height_px", Integer, nullable=False),
    Column("duration_s", Double, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "component", "at"),
)

estimates = Table(
    "estimates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("content", JSON, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index(None, "expires_at"),
)
