"""`POST /process/sync` over real HTTP: what it waits for, and what it refuses (R-503)."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.api_key import Scope
from domain.run import Run, RunStatus
from domain.synchronous import WAIT_MAX_S
from entrypoints.container import Container
from entrypoints.graphql import ids
from entrypoints.http.synchronous import AT_ONCE, PLACE, SynchronousEndpoint
from entrypoints.settings import Settings
from entrypoints.synchronous_api import synchronous_application
from tests.graphql.house import PASSWORD, House, Person
from tests.graphql.kept import a_ready_video
from tests.servers.web import served


@dataclass
class Demo:
    """Somebody with credits, and the endpoint that they ask."""

    container: Container
    endpoint: SynchronousEndpoint
    http: httpx.Client

    def __post_init__(self) -> None:
        signed = self.container.sign_up()(f"{uuid4().hex}@example.org", PASSWORD)
        self.user_id, self.token = signed.user.id, signed.token.text

    def keeps(self, *, duration_s: float = 10.0) -> str:
        house = House(container=self.container, http=self.http)
        return a_ready_video(house, self.person, duration_s=duration_s)

    @property
    def person(self) -> Person:
        return Person(http=self.http, token=self.token, user_id=self.user_id)

    def asks(self, token: str | None = None, **body: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.token if token is None else token}"}
        return self.http.post(PLACE, json=body, headers=headers)

    def runs(self) -> list[Run]:
        with self.container.unit_of_work() as work:
            return [run for run in work.runs.newest(limit=100) if run.user_id == self.user_id]


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    folder = tmp_path_factory.mktemp("sync")
    found = Container(settings=Settings.read({}, data_dir=folder))
    found.migrate()
    found.seed_prices()()
    yield found
    found.engine().dispose()


@pytest.fixture
def demo(container: Container) -> Iterator[Demo]:
    endpoint = SynchronousEndpoint(container)
    app = synchronous_application(container, endpoint=endpoint)
    with served(app) as url, httpx.Client(base_url=url, timeout=30) as http:
        yield Demo(container, endpoint, http)


def given(**more: Any) -> dict[str, Any]:
    return {"profile": "fast", "idempotencyKey": uuid4().hex, **more}


def test_the_answer_comes_when_the_run_has_ended(demo: Demo) -> None:
    """However it ends: here its owner cancels it from another device."""
    rich(demo)
    video = demo.keeps()

    def cancel() -> None:
        while not demo.runs():
            time.sleep(0.02)
        demo.container.cancel_run()(demo.user_id, demo.runs()[0].id)

    other = threading.Thread(target=cancel)
    other.start()
    answer = demo.asks(**given(video=video))
    other.join()
    (run,) = demo.runs()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["run"]["status"] == "cancelled"
    assert (told["run"]["runId"], told["run"]["id"]) == (str(run.id), ids.encode("Run", run.id))
    assert told["run"]["finishedAt"] is not None
    assert set(told["exports"]) == {"json", "csv", "npz"}
    assert "Talk" not in answer.text


def test_who_has_waited_too_long_is_told_so_and_the_run_goes_on(demo: Demo) -> None:
    """R-503: five minutes; the same request again waits for the same run."""
    assert demo.endpoint.wait_s == WAIT_MAX_S == 300
    rich(demo)
    demo.endpoint.wait_s = 0.2
    body = given(video=demo.keeps())
    answers = [demo.asks(**body) for _ in range(2)]
    (run,) = demo.runs()
    assert run.status is RunStatus.QUEUED
    for answer in answers:
        assert answer.status_code == 504
        told = answer.json()
        assert (told["code"], told["fields"]) == ("sync_timed_out", {"run": str(run.id)})
        assert told["run"]["status"] == "queued"


def test_who_has_waited_too_long_is_told_how_the_run_stands_by_then(demo: Demo) -> None:
    rich(demo)
    taken = threading.Event()
    demo.endpoint.wait_s = 0.2
    demo.endpoint.monotonic = lambda: float(taken.is_set())

    def take_up() -> None:
        while not demo.runs():
            time.sleep(0.02)
        run_id = demo.runs()[0].id
        with demo.container.unit_of_work() as work:
            run = work.runs.get(run_id)
            run.start(now=demo.container.clock().now())
            work.runs.save(run, fence=0)
            work.commit()
        taken.set()

    worker = threading.Thread(target=take_up)
    worker.start()
    answer = demo.asks(**given(video=demo.keeps()))
    worker.join()
    assert answer.status_code == 504
    assert answer.json()["run"]["status"] == "running"
    assert answer.json()["run"]["startedAt"] is not None


@pytest.mark.parametrize("duration_s", [60.0, 61.5])
def test_a_video_of_a_minute_is_refused_before_anything_is_held(
    demo: Demo, duration_s: float
) -> None:
    """R-503."""
    rich(demo)
    answer = demo.asks(**given(video=demo.keeps(duration_s=duration_s)))
    assert answer.status_code == 422
    told = answer.json()
    assert told["code"] == "sync_video_too_long"
    assert told["fields"] == {"duration_s": duration_s, "limit_s": 60.0}
    assert demo.runs() == []
    assert demo.container.read_ledger().balance(demo.user_id).held.kopecks == 0


def test_it_costs_what_a_run_costs(demo: Demo) -> None:
    """R-604: too little balance."""
    answer = demo.asks(**given(video=demo.keeps(duration_s=59.9)))
    assert (answer.status_code, answer.json()["code"]) == (402, "insufficient_credits")
    assert demo.runs() == []


def test_a_certificate_alone_starts_nothing(demo: Demo) -> None:
    """R-902: who asks is told by the token, and what they may by its scopes."""
    video = demo.keeps()
    for token in ("none", "nonsense"):
        answer = demo.asks(token=token, **given(video=video))
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    for scope in (Scope.READ, Scope.RUN):
        caller = demo.container.authenticate()(demo.token)
        key = demo.container.create_api_key()(caller, name="demo", scopes=[scope])
        answer = demo.asks(token=key.token.text, **given(video=video))
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")


def test_anothers_video_is_as_unknown_as_none(demo: Demo, container: Container) -> None:
    other = Demo(container, demo.endpoint, demo.http)
    tried = (other.keeps(), ids.encode("Video", uuid4()), ids.encode("Run", uuid4()), "nonsense")
    answers = [demo.asks(**given(video=str(one))) for one in tried]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("video", {"video": None}),
        ("video", {"link": "https://youtu.be/dQw4w9WgXcQ"}),
        ("video", {"video": 7}),
        ("idempotencyKey", {"idempotencyKey": ""}),
        ("computeAnew", {"computeAnew": "yes"}),
        ("components", {"profile": None, "components": "loudness"}),
        ("components", {"profile": None, "components": [{"isOptional": True}]}),
        ("components", {"profile": None, "components": [{"component": "a", "more": 1}]}),
        ("body", {"title": "private words"}),
    ],
)
def test_a_body_of_another_form_is_refused_by_its_field(
    demo: Demo, field: str, change: dict[str, Any]
) -> None:
    answer = demo.asks(**{**given(video=demo.keeps()), **change})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["fields"] == {"field": field}
    assert "private words" not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 60_000, b'"\xff"'])
def test_what_is_no_object_is_refused(demo: Demo, body: bytes) -> None:
    headers = {"authorization": f"Bearer {demo.token}", "content-type": "application/json"}
    answer = demo.http.post(PLACE, content=body, headers=headers)
    assert (answer.status_code, answer.json()["fields"]) == (422, {"field": "body"})


def test_only_json_of_a_bounded_length_is_let_in(demo: Demo) -> None:
    """Hardening 58 and 63."""
    assert demo.http.get(PLACE).status_code == 405
    plain = demo.http.post(PLACE, content=b"{}", headers={"content-type": "text/plain"})
    assert plain.status_code == 415
    long = {"content-type": "application/json"}
    assert demo.http.post(PLACE, content=b" " * (65 << 10), headers=long).status_code == 413


def test_only_so_many_wait_at_once(demo: Demo) -> None:
    assert demo.endpoint.at_once == AT_ONCE == 16
    demo.endpoint.at_once = 0
    answer = demo.asks(**given(video=demo.keeps()))
    assert (answer.status_code, answer.json()) == (503, {"code": "busy"})


def rich(demo: Demo) -> None:
    House(container=demo.container, http=demo.http).give(demo.person, "500")
