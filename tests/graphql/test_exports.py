"""Runs are taken away by signed links: for whoever has one, for a while, and for nobody else."""

import io
import re
import threading
import zipfile
from datetime import timedelta
from uuid import uuid4

import httpx
import numpy as np
import pytest

from application.artifact_format import encode
from application.queries.export_run import ExportFormat
from domain.identity import RunId
from domain.run import Run
from domain.signed_link import LinkClaim
from domain.webhook import WebhookId
from entrypoints.graphql import ids
from entrypoints.http.exports import EXPORTS_MAX, VERB, ExportsEndpoint, export_path
from tests.builders import a_component_run, a_profile, a_run, an_artifact
from tests.graphql.house import House, Person
from tests.ledgers import a_user
from tests.servers.web import served

EXPORT = """
mutation Export($run: ID!, $format: ExportFormat!) {
  exportRun(run: $run, format: $format) {
    ... on ExportLink { url expiresAt } ... on Refusal { code message }
  }
}
"""
VALUES = [-23.25, -18.0]


def an_ended_run(house: House, of: Person) -> Run:
    """A run whose loudness was measured and stored."""
    now = house.container.clock().now()
    run = a_run(profile=a_profile("loudness"), created_at=now)
    run.start(now=now)
    run.end_component(a_component_run("loudness"), now=now)
    run.finish(now=now)
    house.keep(run, of=of)
    store = house.container.store()
    content = encode({"made": np.array(VALUES)}, {"producer": "loudness"})
    written = store.write(an_artifact(run.identity).path, content)
    store.write_manifest(run.identity, {"run": {"status": "ok"}})
    with house.container.unit_of_work() as work:
        artifact = an_artifact(run.identity, written=written)
        work.runs.add_artifact(run.id, artifact, fence=0)
        work.commit()
    return run


def linked(person: Person, run: Run, form: str) -> str:
    answer = person.asks(EXPORT, run=ids.encode("Run", run.id), format=form)["exportRun"]
    return str(answer["url"])


def signed(house: House, run_id: RunId, person: Person, *, lasts_s: int = 60) -> str:
    assert person.user_id is not None
    ends_at = house.container.clock().now() + timedelta(seconds=lasts_s)
    path = export_path(run_id, ExportFormat.JSON)
    claim = LinkClaim(verb=VERB, path=path, user_id=person.user_id, expires_at=ends_at)
    return str(house.container.link_signer().sign(claim))


def test_a_link_gives_the_file_without_a_token(house: House) -> None:
    person = house.person("takes@example.org")
    run = an_ended_run(house, person)
    answer = house.http.get(linked(person, run, "JSON"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"].endswith(f'trendflow-{run.id}.json"')
    assert answer.headers["cache-control"] == "private, no-store"
    arrays = answer.json()["artifacts"]["loudness"]["arrays"]
    assert arrays["made"]["values"] == VALUES


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("CSV", {"loudness/rows_2.csv", "columns.csv"}),
        ("NPZ", {"loudness.npz", "manifest.json"}),
    ],
)
def test_zips_are_whole(house: House, form: str, names: set[str]) -> None:
    person = house.person(f"{form.lower()}@example.org")
    answer = house.http.get(linked(person, an_ended_run(house, person), form))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert set(archive.namelist()) == names
        assert archive.testzip() is None


def test_there_is_no_link_to_subtitles_of_a_run_without_words(house: House) -> None:
    person = house.person("silent@example.org")
    run = an_ended_run(house, person)
    answer = person.asks(EXPORT, run=ids.encode("Run", run.id), format="SRT")["exportRun"]
    assert answer["code"] == "no_words"


def test_an_expired_link_is_gone(house: House) -> None:
    person = house.person("late@example.org")
    run = an_ended_run(house, person)
    answer = house.http.get(signed(house, run.id, person, lasts_s=-1))
    assert (answer.status_code, answer.json()) == (410, {"code": "signed_link_expired"})


def test_a_forged_link_and_an_unknown_run_are_told_alike(house: House) -> None:
    """Hardening 59: whoever has no link learns nothing, not even whether there is a run."""
    person, stranger = house.person("has@example.org"), house.person("wants@example.org")
    run = an_ended_run(house, person)
    link = signed(house, run.id, person)
    path, _, query = link.partition("?")
    tries = [
        path,
        f"{path}?{query[:-1]}{'0' if query[-1] != '0' else '1'}",
        f"{path.replace('json', 'csv')}?{query}",
        link.replace("expires=", "expires=9"),
        re.sub("user=[0-9a-f]+", f"user={a_user().hex}", link),
        signed(house, run.id, stranger),
        signed(house, RunId(uuid4()), person),
        "/exports/nonsense/json",
        f"/exports/{run.id}/nonsense?{query}",
    ]
    answers = [house.http.get(one) for one in tries]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.text for answer in answers} == {'{"code":"not_found"}'}
    assert house.http.get(link).status_code == 200


def test_nobody_is_given_a_link_to_anothers_run(house: House) -> None:
    owner, stranger = house.person("own@example.org"), house.person("not@example.org")
    run = an_ended_run(house, owner)
    other = ids.encode("Webhook", WebhookId(uuid4()))
    answers = [
        stranger.posts(EXPORT, run=run_id, format="JSON").text
        for run_id in (ids.encode("Run", run.id), ids.encode("Run", uuid4()), other, "nonsense")
    ]
    assert len(set(answers)) == 1
    assert "run_not_found" in answers[0]
    assert house.nobody.is_told(EXPORT, run=other, format="JSON") == "unauthenticated"


def test_a_link_is_for_reading_alone(house: House) -> None:
    person = house.person("reads@example.org")
    link = signed(house, an_ended_run(house, person).id, person)
    assert house.http.delete(link).status_code == 405


def test_a_file_that_is_damaged_on_the_way_is_broken_off(house: House) -> None:
    """The client sees a transfer that did not end well, never a whole file that is wrong."""
    person = house.person("damaged@example.org")
    run = an_ended_run(house, person)
    artifact = an_artifact(run.identity)
    house.container.store().write(artifact.path, b"something else")
    with pytest.raises(httpx.RemoteProtocolError):
        house.http.get(linked(person, run, "JSON"))


def test_only_so_many_files_are_made_at_once(house: House) -> None:
    container = house.container
    endpoint = ExportsEndpoint(
        signer=container.link_signer(),
        clock=container.clock(),
        export_run=container.export_run,
        turns=threading.BoundedSemaphore(1),
    )
    person = house.person("many@example.org")
    link = signed(house, an_ended_run(house, person).id, person)
    forged = link.removeprefix("/exports")
    with served(endpoint.app()) as url, httpx.Client(base_url=url) as client:
        for _ in range(3):
            assert client.get(forged).status_code in {200, 404}
        endpoint.turns.acquire()
        answer = client.get(forged)
        assert (answer.status_code, answer.json()) == (503, {"code": "busy"})
        endpoint.turns.release()
        assert client.get(forged).status_code == 200
    assert EXPORTS_MAX == 8


def test_health_and_figures_are_served_beside_the_api(house: House) -> None:
    """R-903."""
    ready = house.http.get("/health/ready")
    assert (ready.status_code, ready.json()["parts"]) == (200, {"database": "ok", "storage": "ok"})
    assert house.http.get("/health/live").json() == {"status": "ok"}
    assert house.http.get("/health").status_code == 200
    figures = house.http.get("/metrics").text
    for name in ("runs_total", "queue_length", "worker_count", "queue_wait_seconds_bucket"):
        assert f"\n{name}" in figures
    assert "@example.org" not in figures
    assert (
        house.http.get("/health", headers={"X-Correlation-Id": "mine"}).headers["x-correlation-id"]
        == "mine"
    )
