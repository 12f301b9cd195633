"""Runs that were started before titles were searched are found by theirs too."""

import json
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, text

from adapters.sql.engine import connect
from adapters.sql.schema import configuration
from tests.builders import NOON

TITLES = {"ПРИВЕТ": "привет", None: "", "odd \x00\udcff title": "odd  title"}
"""And what they are searched as."""


def plant(connection: Connection, run_id: UUID, title: str | None) -> None:
    """A run as revision 0001 kept it."""
    statement = text(
        "INSERT INTO runs (id, platform_id, video_id, config_hash, sampling_policy_version,"
        " dataprocessor_version, profile, source, metadata, status, created_at)"
        " VALUES (:id, 'upload', 'v', 'c', '1', '1', '{}', '{}', :metadata, 'ok', :at)"
    )
    own = run_id.hex if connection.dialect.name == "sqlite" else run_id
    words = json.dumps({"title": title})
    connection.execute(statement, {"id": own, "metadata": words, "at": NOON})


@pytest.mark.filterwarnings("ignore:The default datetime adapter is deprecated")
def test_titles_of_earlier_runs_are_folded_whatever_they_hold(database_url: str) -> None:
    engine = connect(database_url)
    with engine.begin() as connection:
        config = configuration(connection)
        command.upgrade(config, "0001")
        video = text("INSERT INTO videos VALUES ('upload', 'v', NULL, :at)")
        connection.execute(video, {"at": NOON})
        for number, title in enumerate(TITLES):
            plant(connection, UUID(int=number + 1), title)
        command.upgrade(config, "0006")
        query = text("SELECT title_folded FROM runs ORDER BY id")
        found = list(connection.execute(query).scalars())
    engine.dispose()
    assert found == list(TITLES.values())
