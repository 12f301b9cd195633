"""Every line is an event with plain values, and holds nothing that anybody wrote."""

import io
import json
import logging
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from entrypoints.observability.correlation import HEADER, Correlated, correlated, correlation
from entrypoints.observability.logs import OURS, configure_logging
from entrypoints.observability.requests import Told
from entrypoints.operation import LogFormat
from tests.servers.web import served

OWN = "entrypoints.workers.made_for_tests"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Yield where JSON lines go; the process logs as before afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    levels = {name: logging.getLogger(name).level for name in OURS}
    stream = io.StringIO()
    configure_logging(LogFormat.JSON, stream=stream)
    yield stream
    root.handlers[:], level = before
    root.setLevel(level)
    for name, own in levels.items():
        logging.getLogger(name).setLevel(own)


def told(stream: io.StringIO) -> list[dict[str, str]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_of_ours_is_its_name_and_its_values(lines: io.StringIO) -> None:
    logging.getLogger(OWN).info("run.ended status=%s took_ms=%d", "ok", 12)
    [line] = told(lines)
    at = line.pop("at")
    assert at.endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "run.ended",
        "status": "ok",
        "took_ms": "12",
        "logger": OWN,
    }


def test_what_a_library_says_is_only_measured(lines: io.StringIO) -> None:
    """R-706: it may hold an address, a title, a token."""
    logging.getLogger("some.library").warning("GET https://x/?token=%s failed", "secret")
    logging.getLogger("some.library").info("quiet")
    [line] = told(lines)
    assert (line["event"], line["logger"]) == ("library.message", "some.library")
    assert line["size_chars"] == "34"
    assert "secret" not in lines.getvalue()


def test_words_of_ours_that_are_no_event_are_only_measured_too(lines: io.StringIO) -> None:
    logging.getLogger(OWN).error("How I film at night")
    [line] = told(lines)
    assert (line["event"], line["size_chars"]) == ("library.message", "19")
    assert "night" not in lines.getvalue()


def test_an_error_is_its_kind_and_its_place(lines: io.StringIO) -> None:
    try:
        int("How I film at night")
    except ValueError:
        logging.getLogger(OWN).exception("worker.failed code=internal_error")
    [line] = told(lines)
    assert (line["error"], line["code"]) == ("ValueError", "internal_error")
    assert line["origin"].startswith(f"{__name__}:")
    assert "night" not in lines.getvalue()


def test_a_value_cannot_pass_for_another_field(lines: io.StringIO) -> None:
    logging.getLogger(OWN).info("run.ended code=%s", "x level=critical\nevent=forged")
    [line] = told(lines)
    assert (line["level"], line["event"]) == ("info", "run.ended")


def test_lines_for_people_say_the_same() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    configure_logging(LogFormat.TEXT, stream=stream)
    with correlated("a-word"):
        logging.getLogger(OWN).warning("tick.failed name=%s", "sweep")
    root.handlers[:], level = before
    root.setLevel(level)
    at, _, rest = stream.getvalue().strip().partition(" ")
    assert at.startswith("20")
    assert rest == f"warning tick.failed name=sweep logger={OWN} correlation=a-word"


@pytest.fixture
def client(lines: io.StringIO) -> Iterator[httpx.Client]:
    del lines

    def says(_: Request) -> PlainTextResponse:
        logging.getLogger(OWN).info("run.started run=%s", "r1")
        return PlainTextResponse(correlation())

    app = Starlette(routes=[Route("/graphql/{rest}", says)])
    with served(Correlated(Told(app))) as url, httpx.Client(base_url=url) as client:
        yield client


def test_a_request_has_one_word_in_all_its_lines_and_its_answer(
    client: httpx.Client, lines: io.StringIO
) -> None:
    answer = client.get("/graphql/x", headers={HEADER: "from-a-phone"})
    assert answer.text == answer.headers[HEADER] == "from-a-phone"
    assert [line["event"] for line in told(lines)] == ["run.started", "http.answered"]
    assert {line["correlation"] for line in told(lines)} == {"from-a-phone"}


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "a=b", "é", '"}'])
def test_a_word_that_is_none_is_replaced(client: httpx.Client, given: str) -> None:
    words = {
        client.get("/graphql/x", headers={HEADER.encode(): given.encode()}).text for _ in range(2)
    }
    assert len(words) == 2
    assert all(len(word) == 32 for word in words)


def test_an_answer_is_told_without_what_its_address_holds(
    client: httpx.Client, lines: io.StringIO
) -> None:
    client.get("/graphql/a-name?signature=secret")
    client.get("/Some title/?token=secret")
    answered = [line for line in told(lines) if line["event"] == "http.answered"]
    assert [(line["place"], line["status"]) for line in answered] == [
        ("graphql", "200"),
        ("other", "404"),
    ]
    assert not any(word in lines.getvalue() for word in ("secret", "a-name", "title"))


def test_outside_of_a_request_there_is_no_word() -> None:
    assert correlation() == ""
    with correlated("inside"):
        assert correlation() == "inside"
    assert correlation() == ""
