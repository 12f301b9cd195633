"""A process says how it is: which part is down by its name, and nothing more."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest
from prometheus_client import CollectorRegistry

from application.errors import AdapterError
from entrypoints.http.health import watched_application
from entrypoints.observability.health import Check, Health
from entrypoints.observability.watched import watched
from tests.servers.web import served


def fine() -> None:
    """Answer."""


def away() -> None:
    raise AdapterError("postgresql://me:secret@db.internal", code="database_unavailable")


def broken() -> None:
    raise ValueError("postgresql://me:secret@db.internal")


def refused() -> None:
    raise ConnectionRefusedError("db.internal")


def asked(path: str, **checks: Check) -> httpx.Response:
    app = watched_application(Health(checks, check_s=0.3), CollectorRegistry())
    with served(app) as url:
        return httpx.get(url + path)


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
def test_when_every_part_answers_it_is_ready(path: str) -> None:
    """R-903."""
    answer = asked(path, database=fine, storage=fine)
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "parts": {"database": "ok", "storage": "ok"}}
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
@pytest.mark.parametrize(
    ("check", "code"),
    [(away, "database_unavailable"), (broken, "internal_error"), (refused, "unavailable")],
)
def test_the_part_that_is_down_is_named_and_nothing_else_is_told(
    path: str, check: Check, code: str
) -> None:
    answer = asked(path, database=check, storage=fine)
    assert answer.status_code == 503
    assert answer.json() == {"status": "down", "parts": {"database": code, "storage": "ok"}}
    assert "secret" not in answer.text
    assert "internal." not in answer.text


def test_it_lives_while_its_parts_are_down() -> None:
    assert asked("/health/live", database=away).json() == {"status": "ok"}


@pytest.fixture
def stuck() -> Iterator[tuple[list[int], Check]]:
    go_on, begun = threading.Event(), list[int]()

    def check() -> None:
        begun.append(1)
        go_on.wait(10)

    yield begun, check
    go_on.set()


def test_a_part_that_never_answers_does_not_hold_the_others_up(
    stuck: tuple[list[int], Check],
) -> None:
    begun, check = stuck
    health = Health({"queue": check, "database": fine}, check_s=0.2, fresh_s=0.0)
    began = time.monotonic()
    assert health().parts == {"queue": "timed_out", "database": "ok"}
    assert time.monotonic() - began < 2
    assert health().parts == {"queue": "timed_out", "database": "ok"}
    assert len(begun) == 1, "what never came back was begun again"


def test_who_asks_very_often_is_told_the_same_again() -> None:
    now_s, checks = [0.0], list[int]()
    health = Health({"database": lambda: checks.append(1)}, monotonic=lambda: now_s[0])
    for _ in range(5):
        assert health().is_ready
    assert len(checks) == 1
    now_s[0] = 1.0
    health()
    assert len(checks) == 2


def test_a_process_without_an_api_tells_it_on_a_port_of_its_own() -> None:
    app = watched_application(Health({"database": away}), CollectorRegistry())
    with watched(app, host="127.0.0.1", port=0) as port:
        live = httpx.get(f"http://127.0.0.1:{port}/health/live")
        assert live.status_code == 200
        assert httpx.get(f"http://127.0.0.1:{port}/health").status_code == 503
        assert httpx.get(f"http://127.0.0.1:{port}/metrics").status_code == 200
    with closing(socket.socket()) as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))


def test_a_port_that_is_taken_is_told_before_any_work_begins() -> None:
    app = watched_application(Health({}), CollectorRegistry())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OSError, match="in use"), watched(app, host="127.0.0.1", port=port):
            pass


def test_what_prometheus_reads_is_its_text() -> None:
    answer = asked("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
