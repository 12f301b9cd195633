"""Starting a run from request to answer, and from its place in the queue to a worker's first step.

The limit of an answer is what no server can do without: a round trip to a plain JSON route, and one
transaction that puts as many rows of the same length onto the same disk, in turn with ours.
"""

import json
import sqlite3
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue
from uuid import uuid4

import httpx
import pika
import pytest

from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.benchmarks.served import Served, served
from tests.benchmarks.test_api import SMALL
from tests.e2e.clips import make_clip
from tests.e2e.conftest import write_profile
from tests.e2e.production import production
from tests.e2e.test_storages import uploaded
from tests.e2e.workers import Installation, working
from tests.graphql.house import House, Person
from tests.graphql.test_videos import LOUDNESS, START

pytestmark = [pytest.mark.bench, pytest.mark.requires("ffmpeg", "ffprobe")]

STARTS, BEGINS, MESSAGES = 100, 8, 50
GATHERING_S = 0.2
"""As `production` sets it."""
MANY = "1000000"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation whose API is a process of its own, and where anybody may start any number."""
    data_dir = tmp_path_factory.mktemp("starting")
    names = ("FREE", "PREMIUM", "MOST")
    environment = {f"TRENDFLOW_RUNS_PER_HOUR_{name}": MANY for name in names}
    container = Container(settings=Settings.read(environment, data_dir=data_dir))
    container.migrate()
    container.seed_prices()()
    arguments = ["--data-dir", str(data_dir), "api"]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        with (
            served("entrypoints.cli", arguments, port_option=["--port"]) as server,
            httpx.Client(base_url=server.url, timeout=60) as http,
        ):
            yield House(container=container, http=http)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A route that gives a ready answer."""
    file = tmp_path_factory.mktemp("plain") / "answers.json"
    file.write_text(json.dumps({"{ __typename }": {}, SMALL: {"data": {"startRun": {}}}}))
    with served("tests.benchmarks.plain_server", [str(file)], port_option=[]) as server:
        yield server


def test_a_start_beside_a_transaction_and_a_round_trip(
    house: House, plain: Served, tmp_path: Path
) -> None:
    ann = house.person("ann@example.org")
    house.give(ann, "10000")
    video = uploaded(house, ann, make_clip(tmp_path / "clip.mp4").read_bytes())["id"]
    database = house.container.settings().data_dir / "trendflow.db"
    before = _rows(database)
    _start(ann, video)
    rows = _rows(database) - before
    written = _transactions(tmp_path / "plain.db", rows)
    ours_s, limit_s = [], []
    with httpx.Client(base_url=plain.url) as http:
        for _ in range(STARTS):
            ours_s.append(_timed(lambda: _start(ann, video)))
            limit_s.append(
                _timed(lambda: (written(), http.post("/graphql", json={"query": SMALL})))
            )
    ours, limit = (1000 * statistics.median(times) for times in (ours_s, limit_s))
    print(
        f"\nstartRun: {ours:.1f} ms p50, {1000 * max(ours_s):.0f} ms at most; a round trip and a "
        f"transaction of {rows} rows: {limit:.1f} ms; {ours / limit:.1f} times"
    )
    assert rows > 0


def test_how_soon_an_embedded_worker_begins(tmp_path: Path) -> None:
    clip, profile = _tiny(tmp_path)
    at = Installation(tmp_path / "data")
    with working(at):
        at.ended(at.start(clip, profile))
        print(f"\nembedded: begun after {_begun_ms(at, clip, profile):.0f} ms p50")


@pytest.mark.requires("postgres", "rabbitmq", "s3")
def test_how_soon_a_worker_behind_a_broker_begins(tmp_path: Path) -> None:
    """The relay gathers for 200 ms here.

    The limit is what nobody can do without: half of the gathering, and a message of the same broker
    that is confirmed, kept and taken by a consumer that waits for it.
    """
    clip, profile = _tiny(tmp_path)
    with production(tmp_path, clip=clip, profile=profile) as here:
        begun_ms = _begun_ms(here.at, clip, profile)
        broker_ms = 1000 * statistics.median(_carried_s(here.broker.url))
    limit_ms = 1000 * GATHERING_S / 2 + broker_ms
    print(
        f"\nover RabbitMQ, gathering {1000 * GATHERING_S:.0f} ms: begun after {begun_ms:.0f} ms "
        f"p50; half the gathering and a bare message ({broker_ms:.1f} ms): {limit_ms:.0f} ms; "
        f"{begun_ms / limit_ms:.2f} times"
    )
    assert begun_ms > broker_ms


def _start(person: Person, video: str) -> None:
    asked = {"video": video, "components": LOUDNESS, "key": str(uuid4())}
    assert person.asks(START, **asked)["startRun"]["status"] == "QUEUED"


def _timed(act: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    act()
    return time.perf_counter() - began_s


def _rows(database: Path) -> int:
    """How many rows all tables have together."""
    with closing(sqlite3.connect(database)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        counts = [f"SELECT count(*) FROM {name}" for (name,) in names.fetchall()]  # noqa: S608
        return sum(connection.execute(count).fetchone()[0] for count in counts)


def _transactions(file: Path, rows: int) -> Callable[[], None]:
    """An act that adds so many rows of 300 characters and waits until they are on the disk."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE plain (id INTEGER PRIMARY KEY, body TEXT)")

    def act() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for _ in range(rows):
            connection.execute("INSERT INTO plain (body) VALUES (?)", ["x" * 300])
        connection.execute("COMMIT")

    return act


def _tiny(folder: Path) -> tuple[Path, Path]:
    clip = make_clip(folder / "tiny.mp4", seconds=5.5)
    return clip, write_profile(folder / "tiny.toml", "title_style")


def _begun_ms(at: Installation, clip: Path, profile: Path) -> float:
    """Median time from a run's commit to the moment when its worker has taken it up."""
    late_ms = []
    for _ in range(BEGINS):
        run_id = at.start(clip, profile, title=f"Talk {uuid4()}")
        waiting_since = at.container.clock().now()
        began_at = at.ended(run_id).started_at
        assert began_at is not None
        late_ms.append(1000 * (began_at - waiting_since).total_seconds())
    return statistics.median(late_ms)


def _carried_s(url: str) -> list[float]:
    """How long messages take from before they are published to the consumer that waits for them.

    On a quorum queue, persistent and confirmed, as runs are.
    """
    queue, taken = f"bare-{uuid4()}", SimpleQueue[float]()

    def take() -> None:
        with pika.BlockingConnection(pika.URLParameters(url)) as connection:
            channel = connection.channel()
            channel.basic_qos(prefetch_count=1)
            consumed = channel.consume(queue)
            for _ in range(MESSAGES):
                method, _, _ = next(consumed)
                taken.put(time.perf_counter())
                channel.basic_ack(method.delivery_tag)
            channel.cancel()

    spent_s = []
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        channel.queue_declare(queue, durable=True, arguments={"x-queue-type": "quorum"})
        channel.confirm_delivery()
        consumer = threading.Thread(target=take)
        consumer.start()
        for _ in range(MESSAGES):
            began_s = time.perf_counter()
            kept = pika.BasicProperties(delivery_mode=pika.DeliveryMode.Persistent)
            channel.basic_publish("", queue, b"{}", properties=kept)
            spent_s.append(taken.get(timeout=30) - began_s)
        consumer.join()
        channel.queue_delete(queue)
    return spent_s
