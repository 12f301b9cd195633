"""A process of the service as those see it who watch it, and the program that it tells of runs."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from entrypoints.container import Container
from tests.believing import believes
from tests.builders import a_run
from tests.e2e.workers import Installation
from tests.hooks import an_ended_run
from tests.outside import ROOT
from tests.servers.receivers import receiving, says

LIMIT_S = 60.0
TITLE = "How I film at night"

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@dataclass(frozen=True, slots=True)
class Process:
    """A process of ours, and where it tells how it is."""

    url: str
    log: Path

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@contextlib.contextmanager
def running(data_dir: Path, *command: str, **settings: str) -> Iterator[Process]:
    """`trendflow …` with JSON logs and a port for health, asked to end at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if "TRENDFLOW" not in name}
    told = {"TRENDFLOW_HEALTH_PORT": str(port), "TRENDFLOW_LOG_FORMAT": "json", **settings}
    log = data_dir.with_suffix(f".{port}.log")
    arguments = [sys.executable, "-m", "entrypoints.cli", "--data-dir", str(data_dir), *command]
    with log.open("wb") as err:
        process = subprocess.Popen(arguments, stderr=err, cwd=ROOT, env={**clean, **told})
    try:
        made = Process(f"http://127.0.0.1:{port}", log)
        until(lambda: _lives(made.url), f"{command} did not start")
        yield made
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(LIMIT_S)


def until(happened: Callable[[], bool], otherwise: str) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail(otherwise)
        time.sleep(0.1)


def _lives(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/live").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def kept(container: Container, *runs: Any) -> None:
    with container.unit_of_work() as work:
        for run in runs:
            work.runs.add(run)
        work.commit()


def test_maintain_tells_a_program_how_a_run_ended_and_its_watchers_how_it_is(
    tmp_path: Path,
) -> None:
    """R-504, R-706, R-903: real processes, a real receiver, the sample verifier."""
    container = Installation(tmp_path / "data", {"TRENDFLOW_WEBHOOKS": "local"}).container
    user_id = container.add_user()("hooks@example.org", "a long enough phrase").id
    with receiving(says("204 No Content")) as receiver:
        url = f"http://127.0.0.1:{receiver.port}/hook"
        secret = container.register_webhook()(user_id, url).secret
        run = an_ended_run(user_id, at=container.clock().now())
        assert run.metadata.title == TITLE
        kept(container, run, a_run())
        with running(tmp_path / "data", "maintain", TRENDFLOW_WEBHOOKS="local") as process:
            until(lambda: bool(receiver.requests), "the receiver heard nothing")
            ready = httpx.get(f"{process.url}/health/ready")
            figures = until_told(process, 'webhook_deliveries{state="delivered"} 1.0')
        told = json.loads(receiver.body)
    assert (told["event"], told["run"]) == ("run.error", str(run.id))
    assert believes(receiver, secret, now=container.clock().now())
    assert (ready.status_code, ready.json()["status"]) == (200, "ok")
    assert "\nqueue_length 1.0" in figures
    assert '\nruns_total{status="error"} 1.0' in figures
    [tried] = [line for line in process.lines if line["event"] == "webhook.tried"]
    assert (tried["run"], tried["outcome"], tried["status"]) == (str(run.id), "accepted", "204")
    log = process.log.read_text()
    assert not any(word in log for word in (TITLE, "example.org", secret, "/hook"))


def until_told(process: Process, line: str) -> str:
    """What Prometheus reads, once it holds a line."""
    read: list[str] = []

    def is_told() -> bool:
        read[:] = [httpx.get(f"{process.url}/metrics").text]
        return line in read[0]

    until(is_told, f"never told: {line}")
    return read[0]


def test_an_api_with_a_port_for_watchers_tells_strangers_no_figures(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with running(tmp_path / "data", "api", "--port", str(port)) as process:
        public = f"http://127.0.0.1:{port}"
        until(lambda: _lives(public), "the API did not start")
        assert httpx.get(f"{public}/metrics").status_code == 404
        assert "queue_length" in httpx.get(f"{process.url}/metrics").text
        assert httpx.get(f"{public}/health/ready").status_code == 200
        told = httpx.get(f"{public}/health/live", headers={"X-Correlation-Id": "a-phone"})
        assert told.headers["x-correlation-id"] == "a-phone"
    assert "a-phone" in {line.get("correlation") for line in process.lines}


def test_a_port_that_is_taken_is_told_before_any_work_begins(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            [sys.executable, "-m", "entrypoints.cli", "--data-dir", str(tmp_path), "maintain"],
            env={**os.environ, "TRENDFLOW_HEALTH_PORT": port},
            cwd=ROOT,
            capture_output=True,
            timeout=LIMIT_S,
            check=False,
        )
    assert ended.returncode != 0
    assert b"Traceback" not in ended.stderr
