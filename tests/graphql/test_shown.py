"""Pages and pictures by signed links: for whoever has one, for a while, and for nobody else."""

import io
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette

from adapters.memory.clock import FixedClock
from application.artifact_format import encode
from domain.identity import RunId
from domain.run import Run
from entrypoints.graphql import ids
from entrypoints.graphql.links import linked
from entrypoints.http.shown import AT_ONCE, ShownEndpoint, picture_path, report_path
from tests.builders import a_component_run, a_profile, a_run, an_artifact
from tests.graphql.house import House, Person
from tests.ledgers import a_user
from tests.report.pages import a_page
from tests.servers.web import served

PICTURES = """
query Pictures($run: ID!) {
  artifact(run: $run, component: "key_frames") {
    charts(names: ["frame_indices", "thumbnail_indices"]) {
      name ... on KeyFramesChart { frames { atMs reason picture { url expiresAt } } }
    }
  }
}
"""
REPORT = "query Report($run: ID!) { run(id: $run) { report { url expiresAt } } }"
INDICES = (6, 30, 90)
WEEK = timedelta(days=7)


@dataclass
class Shown:
    """Somebody with an ended run that has something to show."""

    house: House
    person: Person
    run: Run

    def asks(self, document: str, person: Person | None = None) -> Any:
        return (person or self.person).asks(document, run=ids.encode("Run", self.run.id))

    def pictures(self) -> dict[float, str | None]:
        """Links of the key frames by their moments in milliseconds."""
        charts = self.asks(PICTURES)["artifact"]["charts"]
        frames = next(c for c in charts if c["name"] == "frame_indices")["frames"]
        links = {frame["atMs"]: frame["picture"] for frame in frames}
        return {at: link and str(link["url"]) for at, link in links.items()}

    def link(self, path: str, *, of: Person | None = None) -> str:
        person = of or self.person
        assert person.user_id is not None
        return linked(self.house.container, path, user_id=person.user_id).url

    def gets(self, url: str | None) -> httpx.Response:
        assert url is not None
        return self.house.http.get(url)


def a_jpeg(shade: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (32, 18), (shade, shade, shade)).save(written, "JPEG")
    return written.getvalue()


def shown(house: House, *, ago: timedelta = timedelta(0)) -> Shown:
    person = house.person(f"{uuid4().hex}@example.org")
    now = house.container.clock().now() - ago
    run = a_run(profile=a_profile("key_frames"), created_at=now)
    run.start(now=now)
    run.end_component(a_component_run("key_frames"), now=now)
    run.finish(now=now)
    house.keep(run, of=person)
    arrays: dict[str, Any] = {
        "frame_indices": np.array(INDICES),
        "times_s": np.array(INDICES) / 12,
        "reasons": np.array(["opening", "new_shot", "long_shot"]),
        "scores": np.full(3, 0.5),
        "thumbnail_indices": np.array(INDICES[:1]),
        "thumbnail_scores": np.full(1, 0.5),
        "thumbnail_reasons": np.array(["sharp"]),
    }
    artifact = an_artifact(run.identity, component="key_frames")
    written = house.container.store().write(artifact.path, encode(arrays, {"producer": "x"}))
    with house.container.unit_of_work() as work:
        artifact = an_artifact(run.identity, component="key_frames", written=written)
        work.runs.add_artifact(run.id, artifact, fence=0)
        work.commit()
    # Of the last frame there is no picture.
    house.container.pictures().keep(run.id, {index: a_jpeg(index) for index in INDICES[:2]})
    page = replace(a_page(title="Shown as it is"), identity=run.identity)
    house.container.reports().write(page, language="en")
    return Shown(house, person, run)


def test_each_key_frame_has_a_link_to_its_picture(house: House) -> None:
    """R-804: key frames, for a front end that has nothing but the API."""
    one = shown(house)
    found = one.pictures()
    assert list(found) == [500.0, 2500.0, 7500.0]
    assert found[7500.0] is None
    for index, at_ms in zip(INDICES[:2], (500.0, 2500.0), strict=True):
        answer = one.gets(found[at_ms])
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.content == a_jpeg(index)


def test_pictures_are_over_after_a_week_whether_anybody_has_swept(house: House) -> None:
    """R-703."""
    late, fresh = shown(house, ago=WEEK + timedelta(minutes=1)), shown(house, ago=WEEK / 2)
    assert set(late.pictures().values()) == {None}
    assert late.gets(late.link(picture_path(late.run.id, INDICES[0]))).status_code == 404
    assert fresh.pictures()[500.0] is not None


def test_the_report_is_shown_in_a_box_of_its_own(house: House) -> None:
    """Its page brings a script along, which must reach nothing of the API's origin."""
    one = shown(house)
    answer = one.gets(one.asks(REPORT)["run"]["report"]["url"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Shown as it is" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy


def test_a_page_is_shown_once_its_run_has_ended(house: House) -> None:
    """It is written before the end is told; where no end came of it, it is not of the run."""
    person, run = house.person(f"{uuid4().hex}@example.org"), a_run()
    one = Shown(house, person, house.keep(run, of=person))
    page = replace(a_page(title="Of no end yet"), identity=run.identity)
    house.container.reports().write(page, language="en")
    assert one.asks(REPORT) == {"run": {"report": None}}
    assert one.gets(one.link(report_path(run.id))).status_code == 404


def test_a_run_without_a_report_has_no_link_to_one(house: House) -> None:
    person = house.person("unreported@example.org")
    run = house.keep(a_run(created_at=house.container.clock().now()), of=person)
    assert person.asks(REPORT, run=ids.encode("Run", run.id)) == {"run": {"report": None}}
    one = Shown(house, person, run)
    assert one.gets(one.link(report_path(run.id))).status_code == 404


@pytest.mark.parametrize("what", ["picture", "report"])
def test_whoever_has_no_link_learns_nothing(house: House, what: str) -> None:
    """Hardening 59: a forged link, another's, and an unknown run are told alike."""
    one, stranger = shown(house), house.person(f"{uuid4().hex}@example.org")
    unknown = RunId(uuid4())
    path, other = (
        (picture_path(one.run.id, INDICES[0]), picture_path(unknown, INDICES[0]))
        if what == "picture"
        else (report_path(one.run.id), report_path(unknown))
    )
    link = one.link(path)
    bare, _, query = link.partition("?")
    tries = [
        bare,
        f"{bare}?{query[:-1]}{'0' if query[-1] != '0' else '1'}",
        f"{other}?{query}",
        link.replace("expires=", "expires=9"),
        re.sub("user=[0-9a-f]+", f"user={a_user().hex}", link),
        one.link(path, of=stranger),
        one.link(other),
        one.link(picture_path(one.run.id, INDICES[2])),
    ]
    answers = [one.gets(url) for url in tries]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.text for answer in answers} == {'{"code":"not_found"}'}
    assert one.gets(link).status_code == 200
    assert house.http.post(link).status_code == 405
    assert stranger.asks(REPORT, run=ids.encode("Run", one.run.id)) == {"run": None}


def test_a_link_ends(house: House) -> None:
    one = shown(house)
    container = house.container
    later = container.clock().now() + timedelta(minutes=16)
    link = one.link(report_path(one.run.id))
    assert int(link.split("expires=")[1].split("&")[0]) < later.timestamp()
    assert AT_ONCE == 16
    endpoint = ShownEndpoint(
        signer=container.link_signer(),
        clock=FixedClock(later),
        read_shown=container.read_shown,
    )
    with served(Starlette(routes=endpoint.routes())) as url:
        answer = httpx.get(f"{url}{link}")
    assert (answer.status_code, answer.json()) == (410, {"code": "signed_link_expired"})
