"""The private PostgreSQL gives each test a database of its own and ends with its tests."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine, text

from tests.outside import ROOT

LONGER_TEST = """
import time

def test_waits(postgres_url):
    print("started", flush=True)
    time.sleep(600)
"""
# As a person starts it: tests started in the background by a shell ignore Ctrl-C, and whatever
# they start inherits that.
HEARS_CTRL_C = """
import signal, sys, pytest
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(pytest.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_finds_an_empty_database(postgres_url: str, turn: int) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE only_here (turn int)"))
        connection.execute(text("INSERT INTO only_here VALUES (:turn)"), {"turn": turn})
        assert connection.scalar(text("SELECT sum(turn) FROM only_here")) == turn
    engine.dispose()


@pytest.mark.slow
@pytest.mark.requires("postgres")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_the_server_ends_when_its_tests_are_ended(tmp_path: Path, how: signal.Signals) -> None:
    (tmp_path / "test_longer.py").write_text(LONGER_TEST)
    options = ["-qs", "-c", "/dev/null", "-p", "tests.servers.postgres", "-p", "no:cacheprovider"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("TRENDFLOW_DATABASE_URL", None)
    with subprocess.Popen(
        [sys.executable, "-c", HEARS_CTRL_C, *options, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as tests:
        assert tests.stdout is not None
        assert any("started" in line for line in tests.stdout)
        (server,) = _servers_of(tests.pid)
        data = Path(server.cmdline()[server.cmdline().index("-D") + 1])
        tests.send_signal(how)
        tests.stdout.read()
    _, alive = psutil.wait_procs([server], timeout=20)
    shutil.rmtree(data.parent, ignore_errors=True)  # SIGKILL leaves the tests no time to
    assert not alive


def _servers_of(pid: int) -> list[psutil.Process]:
    children = psutil.Process(pid).children()
    return [process for process in children if process.name() == "postgres"]
