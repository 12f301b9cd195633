"""The parts of an installation, each asked for real."""

import os
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from adapters.dramatiq.broker import Address
from adapters.dramatiq.ping import ping as ping_broker
from adapters.folder.ping import ping as ping_folder
from adapters.sql.engine import connect
from adapters.sql.ping import ping as ping_database
from application.errors import AdapterError
from entrypoints.container import Container
from entrypoints.settings import Settings

NOBODY = "amqp://me:secret@127.0.0.1:1/"


def test_without_a_broker_there_is_no_queue_to_be_asked(tmp_path: Path) -> None:
    health = Container(settings=Settings.read({}, data_dir=tmp_path)).health()
    assert health().parts == {"database": "ok", "storage": "ok"}


def test_with_a_broker_that_is_away_the_queue_is_named_and_nothing_else_told(
    tmp_path: Path,
) -> None:
    settings = Settings.read({"TRENDFLOW_BROKER_URL": NOBODY}, data_dir=tmp_path)
    report = Container(settings=settings).health()()
    assert report.parts == {"database": "ok", "storage": "ok", "queue": "broker_unavailable"}
    assert not report.is_ready
    assert "secret" not in str(report)


@pytest.mark.requires("rabbitmq")
def test_a_broker_that_answers_is_well(rabbit_server: str) -> None:
    ping_broker(Address(rabbit_server))


def test_a_broker_that_does_not_answer_is_told_without_its_address() -> None:
    with pytest.raises(AdapterError) as failure:
        ping_broker(Address(NOBODY))
    assert failure.value.code == "broker_unavailable"
    assert "secret" not in str(failure.value)


def test_a_database_that_does_not_answer_is_told() -> None:
    engine = connect("postgresql+psycopg://me:secret@127.0.0.1:1/none")
    with pytest.raises(AdapterError) as failure:
        ping_database(engine)
    assert failure.value.code == "database_unavailable"


def test_asking_a_database_waits_for_nobodys_write(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'trendflow.db'}"
    ping_database(connect(url))
    writer = create_engine(url)
    with writer.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        ping_database(connect(url, busy_timeout_s=0.1))


def test_a_folder_that_takes_files_is_well_and_nothing_stays_there(tmp_path: Path) -> None:
    ping_folder(tmp_path / "made")
    assert list((tmp_path / "made").iterdir()) == []


def test_a_folder_that_takes_none_is_told(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_bytes(b"")
    with pytest.raises(OSError, match=os.strerror(20) + "|exists"):
        ping_folder(file)
