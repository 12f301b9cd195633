"""`trendflow runs`: how runs stand, and how one goes on that stopped without an end."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.run import Run
from entrypoints.cli import run
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.builders import a_running_run

Captured = pytest.CaptureFixture[str]


def kept(container: Container, *, owner: str, seconds_ago: float = 0) -> Run:
    """A run at work, its worker having last been heard of so long ago."""
    now = datetime.now(UTC)
    found = a_running_run()
    with container.unit_of_work() as work:
        work.runs.add(found)
        work.outbox.take(found.id)
        work.leases.take(found.id, owner=owner, now=now - timedelta(seconds=seconds_ago))
        work.commit()
    return found


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Container:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert run(["--data-dir", str(tmp_path), "runs"]) == 0
    assert capsys.readouterr().out == "There are no runs yet.\n"
    return Container(settings=Settings.here(data_dir=tmp_path))


def test_a_run_whose_process_is_gone_is_told_with_how_to_go_on(
    installation: Container, tmp_path: Path, capsys: Captured
) -> None:
    """A killed `analyze` stood as running for ever; its lease tells that nobody is at it."""
    elsewhere = "another-machine:1:1"
    alive = kept(installation, owner=elsewhere)
    killed = kept(installation, owner=elsewhere, seconds_ago=60)
    arguments = ["--data-dir", str(tmp_path), "runs"]
    assert run([*arguments, "--format", "json"]) == 0
    rows = {row["run_id"]: row for row in json.loads(capsys.readouterr().out)}
    assert {run_id: row["stopped"] for run_id, row in rows.items()} == {
        str(alive.id): False,
        str(killed.id): True,
    }
    assert {row["status"] for row in rows.values()} == {"running"}
    assert run(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    said = {line.split()[0]: line for line in lines if line.strip()}
    assert "stopped without an end" in said[str(killed.id)]
    assert "running" in said[str(alive.id)]
    assert "trendflow resume" in lines[-1]
    assert run(["--lang", "ru", *arguments]) == 0
    assert "прервано" in capsys.readouterr().out


def test_nothing_is_said_of_going_on_while_all_runs_are_at_work(
    installation: Container, tmp_path: Path, capsys: Captured
) -> None:
    kept(installation, owner=installation.workers().me)
    assert run(["--data-dir", str(tmp_path), "runs"]) == 0
    told = capsys.readouterr().out
    assert "running" in told
    assert "resume" not in told
