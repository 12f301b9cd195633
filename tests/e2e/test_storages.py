"""From an upload to a charged run over the API and a worker, wherever things are kept."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from domain.identity import RunId
from domain.run import Run
from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.settings import Settings
from tests.e2e.clips import make_clip
from tests.graphql.house import House, Person
from tests.graphql.test_shown import PICTURES, REPORT
from tests.graphql.test_videos import COMPLETE, CREATE, ESTIMATE, START
from tests.servers.s3 import S3Access
from tests.servers.web import served

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]
CHOSEN = [{"component": "loudness"}, {"component": "key_frames"}]


class Token:
    requested = False


@pytest.fixture(params=["folder", pytest.param("s3", marks=pytest.mark.requires("s3"))])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    environment: dict[str, str] = {}
    if request.param == "s3":
        server: S3Access = request.getfixturevalue("s3_server")
        environment = {
            "TRENDFLOW_ARTIFACTS_URL": server.url(f"test-{uuid4().hex}"),
            "TRENDFLOW_S3_ACCESS_KEY": server.access_key,
            "TRENDFLOW_S3_SECRET_KEY": server.secret_key,
        }
    (tmp_path / "data").mkdir()
    container = Container(settings=Settings.read(environment, data_dir=tmp_path / "data"))
    container.migrate()
    container.prepare_storage()
    container.seed_prices()()
    with (
        served(application(container, is_open=False)) as url,
        httpx.Client(base_url=url, timeout=60) as http,
    ):
        yield House(container=container, http=http)
    container.engine().dispose()


def uploaded(house: House, person: Person, content: bytes) -> Any:
    digest = hashlib.sha256(content).hexdigest()
    said = {"title": "Mine"}
    begun = person.asks(CREATE, size=len(content), sha256=digest, metadata=said)["createUpload"]
    for target in begun["targets"]:
        part = content[target["offset"] : target["offset"] + target["sizeBytes"]]
        headers = {"Upload-Offset": str(target["offset"])} if target["method"] == "PATCH" else {}
        sent = house.http.request(target["method"], target["url"], content=part, headers=headers)
        assert sent.status_code in {200, 204}
    return person.asks(COMPLETE, upload=begun["id"])["completeUpload"]


def carried_out(house: House, run_id: str) -> Run:
    container = house.container
    try:
        return container.execute_run()(
            RunId(UUID(run_id)),
            language="en",
            on_progress=lambda _: None,
            cancellation=Token(),
        )
    finally:
        container.analyst().close()


def check_what_is_shown(house: House, person: Person, run: str) -> None:
    """R-804: from another machine than the worker's, by links alone."""
    page = person.asks(REPORT, run=run)["run"]["report"]
    assert "Mine" in house.http.get(page["url"]).text
    frames = [
        frame
        for chart in person.asks(PICTURES, run=run)["artifact"]["charts"]
        for frame in chart["frames"]
    ]
    assert frames
    for frame in frames:
        answer = house.http.get(frame["picture"]["url"])
        with Image.open(io.BytesIO(answer.content)) as picture:
            assert (picture.format, answer.headers["content-type"]) == ("JPEG", "image/jpeg")
    settings = house.container.settings()
    is_local = settings.storage.kind == "folder"
    for name in ("reports", "pictures"):
        assert (settings.data_dir / name).exists() == is_local


def test_an_uploaded_video_is_measured_paid_and_deleted(house: House, tmp_path: Path) -> None:
    """R-107, R-303, R-604, R-701: the same way over a folder and over S3."""
    ann = house.person("ann@example.org")
    house.give(ann, "100")
    clip = make_clip(tmp_path / "clip.mp4").read_bytes()
    video = uploaded(house, ann, clip)
    assert (video["state"], video["hasFile"]) == ("READY", True)
    estimate = ann.asks(ESTIMATE, video=video["id"], components=CHOSEN)["estimate"]
    asked = {"video": video["id"], "components": CHOSEN, "estimate": estimate["id"], "key": "k"}
    started = ann.asks(START, **asked)["startRun"]
    assert [staged.size_bytes for staged in house.container.uploads().staged()] == [len(clip)]
    run = carried_out(house, started["runId"])
    assert str(run.status) == "ok"
    house.container.check_results()(run)
    with house.container.unit_of_work() as work:
        artifact = work.runs.artifacts(run.id)["loudness"]
    store = house.container.store()
    assert hashlib.sha256(store.read(artifact)).hexdigest() == artifact.sha256
    check_what_is_shown(house, ann, started["id"])
    assert list(house.container.uploads().staged()) == []
    assert [file for file in (tmp_path / "data" / "work").rglob("*") if file.is_file()] == []
    other = {**asked, "components": [{"component": "onsets"}], "estimate": None}
    again = ann.asks(START, **{**other, "key": "again"})["startRun"]
    assert again["code"] == "upload_missing"
    assert ann.asks(START, **asked)["startRun"]["runId"] == started["runId"]
    balance = ann.asks("{ balance { available held } }")["balance"]
    assert balance["held"] == "0.00"
    assert 0 < 100 - float(balance["available"]) <= float(estimate["most"])
    assert uploaded(house, ann, clip)["id"] == video["id"]
    assert ann.asks(START, **{**other, "key": "new"})["startRun"]["status"] == "QUEUED"
