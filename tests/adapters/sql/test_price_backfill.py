"""The times of runs that had finished before times were kept are gathered (R-606)."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, select, text

from adapters.sql import price_tables
from adapters.sql.engine import connect
from adapters.sql.schema import configuration
from tests.builders import NOON

FINISHED, UNDER_WAY, NOT_DECODED = (UUID(int=number) for number in (1, 2, 3))
DONE = {
    "source": {"shown_size": [1280, 720], "frame_rate_hz": 25.0},
    "timeline": {"duration_s": 60.0, "frame_count": 720},
    "duration_ms": 1500,
}


def plant(connection: Connection, run_id: UUID, *, finished: bool, decoded: bool) -> None:
    """A run as revision 0001 kept it, with components that ended in every way."""
    columns = {
        "id": run_id.hex if connection.dialect.name == "sqlite" else run_id,
        "created_at": NOON,
        "finished_at": NOON + timedelta(minutes=1) if finished else None,
        "preprocessing": json.dumps(DONE) if decoded else None,
    }
    statement = text(
        "INSERT INTO runs (id, platform_id, video_id, config_hash, sampling_policy_version,"
        " dataprocessor_version, profile, source, metadata, status, created_at, finished_at,"
        " preprocessing) VALUES (:id, 'upload', 'v', 'c', '1', '1', '{}', '{}', '{}', 'ok',"
        " :created_at, :finished_at, :preprocessing)"
    )
    connection.execute(statement, columns)
    for name, status in (("tempo", "ok"), ("motion", "empty"), ("hook", "error")):
        statement = text(
            "INSERT INTO run_components (run_id, name, status, duration_ms, peak_memory_mib,"
            " units, notes) VALUES (:run_id, :name, :status, 250, 1, 60.5, '[]')"
        )
        connection.execute(statement, {"run_id": columns["id"], "name": name, "status": status})


@pytest.mark.filterwarnings("ignore:The default datetime adapter is deprecated")
def test_the_times_of_finished_runs_are_gathered(database_url: str) -> None:
    engine = connect(database_url)
    with engine.begin() as connection:
        config = configuration(connection)
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO videos (platform_id, video_id, first_seen_at) VALUES (:p, 'v', :at)"),
            {"p": "upload", "at": NOON},
        )
        plant(connection, FINISHED, finished=True, decoded=True)
        plant(connection, UNDER_WAY, finished=False, decoded=True)
        plant(connection, NOT_DECODED, finished=True, decoded=False)
        command.upgrade(config, "0002")
        table = price_tables.component_timings
        query = select(table).order_by(table.c.component)
        found = [dict(row) for row in connection.execute(query).mappings()]
    engine.dispose()
    about = {
        "run_id": FINISHED,
        "width_px": 1280,
        "height_px": 720,
        "duration_s": 60.0,
        "at": NOON + timedelta(minutes=1),
    }
    prepared = 1280 * 720 * 25 * 60 / 1e6 + 0.5 * 720
    assert found == [
        {**about, "component": "preparation", "units": prepared, "seconds": 1.5},
        {**about, "component": "tempo", "units": 60.5, "seconds": 0.25},
    ]
