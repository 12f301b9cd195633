"""What is there of a video already, as the API shows it: in estimates and runs (R-509, R-102)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from dependency_injector import providers

from adapters.memory.remote_videos import MemoryRemoteVideos, PublishedVideo
from application.errors import AdapterError
from application.ports.remote_videos import RemoteFacts
from application.queueing import Queueing
from domain.identity import RunId
from domain.ledger import UserId
from domain.profile import ComponentChoice, Profile
from domain.provenance import Provenance
from domain.reuse_key import Equipment, reuse_key
from domain.run import Run
from domain.video import Metadata, Video, YoutubeLink
from entrypoints.graphql import ids
from tests.builders import a_component_run
from tests.graphql.house import House, Person

LINK = YoutubeLink("rrrrrrrrrrr")
TOLD = Metadata(title="A talk", duration_s=60.0)
CHOSEN = [{"component": "loudness"}, {"component": "title_style"}]
ADD = "mutation ($link: String!) { addVideo(link: $link) { ... on Video { id } } }"
ESTIMATE = """
query ($video: ID!, $components: [ComponentChoiceInput!], $anew: Boolean! = false) {
  estimate(video: $video, components: $components, computeAnew: $anew) {
    ... on Estimate { id most lines { component most secondsP90 isReused measuredAt } }
  }
}
"""
START = """
mutation ($video: ID!, $components: [ComponentChoiceInput!], $estimate: ID, $anew: Boolean!) {
  startRun(
    video: $video, components: $components, estimate: $estimate, computeAnew: $anew,
    idempotencyKey: "again"
  ) { ... on Run { id status } ... on Refusal { code } }
}
"""
RUN = """
query ($id: ID!) {
  run(id: $id) { ... on Run { components { name isReused reusedFrom measuredAt } } }
}
"""


@pytest.fixture(scope="module")
def at_home(house: House) -> Iterator[House]:
    """A YouTube with the one video, and a decoder that need not be there."""
    facts = RemoteFacts(
        duration_s=60.0, width_px=1280, height_px=720, frame_rate_hz=25.0, metadata=TOLD
    )
    remote = MemoryRemoteVideos()
    remote.videos[LINK] = PublishedVideo(facts=facts, content=b"")
    container, made = house.container, Equipment(decoder_build="made")
    with (
        container.remote.override(providers.Object(remote)),
        container.equipment.override(providers.Object(made)),
    ):
        yield house


def measured(
    house: House, person: Person, *, reused_from: RunId | None = None, is_reused: bool = False
) -> Run:
    """A run of somebody's whose loudness has just been measured, or was taken over."""
    container = house.container
    catalogue, now = container.catalogue(), container.clock().now()
    profile = Profile("mine", "1", (ComponentChoice("loudness"),)).resolved(catalogue)
    video = Video(source=LINK, duration_s=60.0, metadata=TOLD)
    user_id = person.user_id or UserId(uuid4())
    queueing = Queueing(catalogue, container.clock())
    run = queueing(RunId(uuid4()), video, profile, user_id=user_id)
    run.start(now=now)
    key = reuse_key(catalogue["loudness"], run, container.equipment(), taken={})
    known = Provenance(
        key=key or "",
        content="ab" * 32,
        measured_at=now,
        is_reused=is_reused,
        reused_from=reused_from,
    )
    ended = replace(a_component_run("loudness"), finished_at=now, provenance=known)
    run.end_component(ended, now=now)
    with container.unit_of_work() as work:
        work.runs.add(run)
        work.commit()
    return run


def test_what_another_had_measured_is_offered_and_nothing_is_told_of_them(
    at_home: House,
) -> None:
    bob = at_home.person("bob.reusing@example.org")
    theirs = measured(at_home, bob)
    ann = at_home.person("ann.reusing@example.org")
    at_home.give(ann, "100")
    video = ann.asks(ADD, link=LINK.url)["addVideo"]["id"]
    at_home.container.resolving().close()
    at_home.container.resolving.reset()
    asked: dict[str, Any] = {"video": video, "components": CHOSEN}
    answer = ann.posts(ESTIMATE, **asked).text
    for of_bob in (theirs.id, theirs.id.hex, theirs.user_id, ids.encode(ids.RUN, theirs.id)):
        assert str(of_bob) not in answer
    estimate = ann.asks(ESTIMATE, **asked)["estimate"]
    lines = {line["component"]: line for line in estimate["lines"]}
    assert {name for name, line in lines.items() if line["isReused"]} == {"loudness"}
    moment = theirs.components["loudness"].finished_at
    assert datetime.fromisoformat(lines["loudness"]["measuredAt"]) == moment
    assert (lines["loudness"]["most"], lines["loudness"]["secondsP90"]) == ("0.00", 0)
    assert lines["title_style"]["measuredAt"] is None
    anew = ann.asks(ESTIMATE, **asked, anew=True)["estimate"]
    assert not any(line["isReused"] for line in anew["lines"])
    assert float(anew["most"]) > float(estimate["most"])
    refused = ann.asks(START, **asked, estimate=estimate["id"], anew=True)["startRun"]
    assert refused == {"code": "estimate_mismatch"}
    started = ann.asks(START, **asked, estimate=estimate["id"], anew=False)["startRun"]
    assert started["status"] == "QUEUED"
    assert ann.asks("{ balance { held } }")["balance"]["held"] == estimate["most"]


def test_a_run_says_which_of_its_results_come_from_where(at_home: House) -> None:
    ann = at_home.person("anna.reusing@example.org")
    first = measured(at_home, ann)
    moment = first.components["loudness"].finished_at
    assert moment is not None
    for run, is_reused, origin in (
        (first, False, None),
        (measured(at_home, ann, is_reused=True, reused_from=first.id), True, first.id),
        (measured(at_home, ann, is_reused=True), True, None),
    ):
        answer = ann.asks(RUN, id=ids.encode(ids.RUN, run.id))["run"]
        (told,) = answer["components"]
        assert told["isReused"] is is_reused
        assert told["reusedFrom"] == (ids.encode(ids.RUN, origin) if origin else None)
        known = run.components["loudness"].provenance
        assert known is not None
        assert datetime.fromisoformat(told["measuredAt"]) == known.measured_at >= moment


def test_without_a_decoder_prices_are_told_and_nothing_is_promised(at_home: House) -> None:
    ann = at_home.person("annette.reusing@example.org")
    measured(at_home, ann)
    video = ann.asks(ADD, link=LINK.url)["addVideo"]["id"]
    at_home.container.resolving().close()
    at_home.container.resolving.reset()
    asked: dict[str, Any] = {"video": video, "components": CHOSEN}

    def promised() -> int:
        return sum(line["isReused"] for line in ann.asks(ESTIMATE, **asked)["estimate"]["lines"])

    def missing() -> Equipment:
        raise AdapterError("no ffmpeg", code="ffmpeg_missing")

    assert promised() == 1
    with at_home.container.equipment.override(providers.Callable(missing)):
        assert promised() == 0
