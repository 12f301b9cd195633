"""From a file or a link to a started run over the API, and what refuses on the way."""

import hashlib
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from dependency_injector import providers

from adapters.memory.remote_videos import MemoryRemoteVideos, PublishedVideo
from application.ports.remote_videos import RemoteFacts
from domain.link_refusal import LinkRefusal
from domain.video import Metadata, YoutubeLink
from entrypoints.graphql import ids
from tests.e2e.clips import make_clip
from tests.graphql.house import House, Person

GOOD, PRIVATE = YoutubeLink("aaaaaaaaaaa"), YoutubeLink("bbbbbbbbbbb")
REFUSAL = "... on Refusal { code message fields { name value } }"
VIDEO = "id state title durationMs widthPx heightPx hasFile refusal { code message }"
CREATE = f"""
mutation Create($size: ByteCount!, $sha256: String, $metadata: VideoMetadataInput) {{
  createUpload(sizeBytes: $size, sha256: $sha256, metadata: $metadata) {{
    ... on Upload {{ id sizeBytes receivedBytes targets {{ method url offset sizeBytes }} }}
    {REFUSAL}
  }}
}}
"""
COMPLETE = f"""
mutation Complete($upload: ID!) {{
  completeUpload(upload: $upload) {{ ... on Video {{ {VIDEO} }} {REFUSAL} }}
}}
"""
ADD = f"""
mutation Add($link: String!, $metadata: VideoMetadataInput) {{
  addVideo(link: $link, metadata: $metadata) {{ ... on Video {{ {VIDEO} }} {REFUSAL} }}
}}
"""
ONE = f"query One($id: ID!) {{ video(id: $id) {{ {VIDEO} }} }}"
PROGRESS = """
query Progress($id: ID!) {
  upload(id: $id) { receivedBytes isComplete targets { offset sizeBytes } }
}
"""
ESTIMATE = f"""
query Price($video: ID!, $profile: String, $components: [ComponentChoiceInput!]) {{
  estimate(video: $video, profile: $profile, components: $components) {{
    ... on Estimate {{
      id most usually secondsP50 secondsP90
      lines {{ component isForForecast secondsP50 secondsP90 usually most }}
      forecast {{ most usually secondsP50 secondsP90 missing }}
    }} {REFUSAL}
  }}
}}
"""
START = f"""
mutation Start(
  $video: ID!, $key: String!, $profile: String, $components: [ComponentChoiceInput!], $estimate: ID
) {{
  startRun(
    video: $video, idempotencyKey: $key, profile: $profile, components: $components,
    estimate: $estimate
  ) {{ ... on Run {{ id runId status title }} {REFUSAL} }}
}}
"""
LOUDNESS = [{"component": "loudness"}]


@pytest.fixture(scope="module")
def ann(house: House) -> Person:
    ann = house.person("ann.videos@example.org")
    house.give(ann, "100")
    return ann


@pytest.fixture(scope="module")
def bob(house: House) -> Person:
    return house.person("bob.videos@example.org")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_clip(tmp_path_factory.mktemp("clip") / "clip.mp4").read_bytes()


@pytest.fixture(scope="module")
def youtube(house: House) -> MemoryRemoteVideos:
    remote = MemoryRemoteVideos()
    for link, refusal in ((GOOD, None), (PRIVATE, LinkRefusal.PRIVATE)):
        facts = RemoteFacts(
            duration_s=60.0,
            width_px=1280,
            height_px=720,
            frame_rate_hz=25.0,
            metadata=Metadata(title="A talk"),
        )
        remote.videos[link] = PublishedVideo(facts=facts, content=b"", refusal=refusal)
    house.container.remote.override(providers.Object(remote))
    return remote


def send(house: House, target: Any, content: bytes) -> httpx.Response:
    """Sends what a target asks for."""
    begin = target["offset"]
    return house.http.request(
        target["method"], target["url"], content=content, headers={"Upload-Offset": str(begin)}
    )


def uploaded(house: House, person: Person, content: bytes, **metadata: Any) -> Any:
    begun = person.asks(CREATE, size=len(content), metadata=metadata or None)["createUpload"]
    (target,) = begun["targets"]
    assert send(house, target, content).status_code == 204
    return person.asks(COMPLETE, upload=begun["id"])["completeUpload"]


@pytest.mark.requires("ffmpeg", "ffprobe")
def test_a_file_becomes_a_run_that_holds_what_its_estimate_said(
    house: House, ann: Person, clip: bytes
) -> None:
    half = len(clip) // 2
    digest = hashlib.sha256(clip).hexdigest()
    said = {"title": "Mine", "tags": ["one"]}
    begun = ann.asks(CREATE, size=len(clip), sha256=digest, metadata=said)["createUpload"]
    assert (begun["receivedBytes"], begun["sizeBytes"]) == (0, len(clip))
    (target,) = begun["targets"]
    assert send(house, target, clip[:half]).status_code == 204
    refused = ann.asks(COMPLETE, upload=begun["id"])["completeUpload"]
    assert refused["code"] == "upload_incomplete"
    progress = ann.asks(PROGRESS, id=begun["id"])["upload"]
    assert progress["receivedBytes"] == half
    (rest,) = progress["targets"]
    assert rest == {"offset": half, "sizeBytes": len(clip) - half}
    assert send(house, {**target, **rest}, clip[half:]).status_code == 204
    video = ann.asks(COMPLETE, upload=begun["id"])["completeUpload"]
    assert (video["state"], video["title"], video["hasFile"]) == ("READY", "Mine", True)
    assert (video["widthPx"], video["heightPx"]) == (320, 180)
    assert video["durationMs"] == pytest.approx(5500, abs=50)
    assert ann.asks(COMPLETE, upload=begun["id"])["completeUpload"]["id"] == video["id"]
    assert ann.asks(PROGRESS, id=begun["id"])["upload"]["isComplete"]
    found = ann.asks(ESTIMATE, video=video["id"], components=LOUDNESS)["estimate"]
    assert sorted(line["component"] for line in found["lines"]) == ["loudness", "preparation"]
    assert 0 < found["secondsP50"] < found["secondsP90"]
    asked = {"video": video["id"], "components": LOUDNESS, "estimate": found["id"], "key": "k1"}
    run = ann.asks(START, **asked)["startRun"]
    assert (run["status"], run["title"]) == ("QUEUED", "Mine")
    assert ann.asks("{ balance { held } }")["balance"]["held"] == found["most"]
    assert ann.asks(START, **asked)["startRun"]["id"] == run["id"]
    for key in ("", "half \ud83d", "a\x00b", "k" * 201):
        told = ann.asks(START, **{**asked, "key": key})["startRun"]
        assert told["code"] == "invalid_text", key
    other = {**asked, "components": [{"component": "shots"}], "estimate": None}
    assert ann.asks(START, **other)["startRun"]["code"] == "idempotency_conflict"


@pytest.mark.requires("ffmpeg", "ffprobe")
def test_the_same_content_is_the_same_video(house: House, ann: Person, clip: bytes) -> None:
    """R-102: also when it comes twice; what is said of it last counts."""
    first = uploaded(house, ann, clip + b"\0" * 8, title="One")
    second = uploaded(house, ann, clip + b"\0" * 8, title="Two")
    assert (first["id"], second["title"]) == (second["id"], "Two")


@pytest.mark.requires("ffmpeg", "ffprobe")
@pytest.mark.parametrize(
    ("name", "code"),
    [("text_renamed.mp4", "unsupported_input"), ("short_3s.mp4", "video_too_short")],
)
def test_a_bad_file_is_refused_and_nothing_of_it_is_left(
    house: House, ann: Person, shared_media: Path, name: str, code: str
) -> None:
    before = ann.asks("{ balance { available held } }")
    content = (shared_media / "bad" / name).read_bytes()
    begun = ann.asks(CREATE, size=len(content))["createUpload"]
    send(house, begun["targets"][0], content)
    refused = ann.asks(COMPLETE, upload=begun["id"])["completeUpload"]
    assert refused["code"] == code
    assert ann.asks(COMPLETE, upload=begun["id"])["completeUpload"]["code"] == "upload_not_found"
    assert ann.asks(PROGRESS, id=begun["id"])["upload"] is None
    own = str(ids.decode(begun["id"])).split("'")[3]
    assert own not in [str(staged.id) for staged in house.container.uploads().staged()]
    assert ann.asks("{ balance { available held } }") == before


def test_a_link_is_answered_at_once_and_known_soon(
    house: House, ann: Person, youtube: MemoryRemoteVideos
) -> None:
    del youtube
    added = ann.asks(ADD, link=f"youtu.be/{GOOD.video_id}")["addVideo"]
    assert (added["state"], added["durationMs"]) == ("RESOLVING", None)
    house.container.resolving().close()
    house.container.resolving.reset()
    known = ann.asks(ONE, id=added["id"])["video"]
    assert (known["state"], known["durationMs"], known["title"]) == ("READY", 60_000, "A talk")
    found = ann.asks(ESTIMATE, video=added["id"], profile="fast")["estimate"]
    assert float(found["most"]) >= float(found["usually"]) > 0
    lines = {line["component"] for line in found["lines"]}
    assert set(found["forecast"]["missing"]) == house.container.catalogue().tier0 - lines


@pytest.mark.requires("ffmpeg", "ffprobe")
def test_what_the_forecast_needs_is_marked_and_summed(
    house: House, ann: Person, clip: bytes
) -> None:
    """R-201."""
    video = uploaded(house, ann, clip)
    chosen = [{"component": "loudness"}, {"component": "pitch"}]
    found = ann.asks(ESTIMATE, video=video["id"], components=chosen)["estimate"]
    marks = {line["component"]: line["isForForecast"] for line in found["lines"]}
    assert marks == {"preparation": True, "loudness": True, "pitch": False}
    priced = {line["component"]: Decimal(line["most"]) for line in found["lines"]}
    part = found["forecast"]
    assert Decimal(part["most"]) == priced["preparation"] + priced["loudness"]
    assert 0 < Decimal(part["usually"]) < Decimal(found["usually"])
    assert "shots" in part["missing"]
    known = ann.asks("{ components { name isForForecast } }")["components"]
    listed = {one["name"]: one["isForForecast"] for one in known}
    assert (listed["loudness"], listed["pitch"]) == (True, False)


def test_a_refused_link_says_why(house: House, ann: Person, youtube: MemoryRemoteVideos) -> None:
    del youtube
    added = ann.asks(ADD, link=PRIVATE.url, metadata={"title": "Mine"})["addVideo"]
    house.container.resolving().close()
    house.container.resolving.reset()
    known = ann.asks(ONE, id=added["id"])["video"]
    assert (known["state"], known["refusal"]["code"]) == ("REFUSED", "link_refused")
    assert "private" in known["refusal"]["message"]
    assert ann.asks(ESTIMATE, video=added["id"], profile="fast")["estimate"]["code"] == (
        "link_refused"
    )


def test_what_is_no_link_is_refused(ann: Person) -> None:
    assert ann.asks(ADD, link="https://vimeo.com/1")["addVideo"]["code"] == "invalid_link"


@pytest.mark.parametrize(
    ("metadata", "field"),
    [
        ({"title": "x" * 201}, "title"),
        ({"description": "x" * 5001}, "description"),
        ({"tags": ["x"] * 501}, "tags"),
        ({"tags": ["x" * 201]}, "tags"),
        ({"views": -1}, "views"),
        ({"publishedAt": "2026-01-01T00:00:00"}, "published_at"),
    ],
)
def test_metadata_that_cannot_be_is_refused_by_its_field(
    ann: Person, metadata: dict[str, Any], field: str
) -> None:
    refused = ann.asks(ADD, link=GOOD.url, metadata=metadata)["addVideo"]
    assert (refused["code"], refused["fields"]) == (
        "invalid_metadata",
        [{"name": "field", "value": field}],
    )


@pytest.mark.parametrize(
    ("size", "sha256", "code"),
    [
        (0, None, "unsupported_input"),
        (9 << 30, None, "unsupported_input"),
        (9, "x", "invalid_upload"),
    ],
)
def test_an_upload_that_cannot_be_is_refused_before_a_byte_is_sent(
    ann: Person, size: int, sha256: str | None, code: str
) -> None:
    assert ann.asks(CREATE, size=size, sha256=sha256)["createUpload"]["code"] == code


def test_either_a_profile_or_a_choice(house: House, ann: Person) -> None:
    video = house.container.add_video()(_id(ann), GOOD, Metadata())
    named = ids.encode("Video", video.id)
    for chosen in ({}, {"profile": "fast", "components": LOUDNESS}):
        assert ann.asks(ESTIMATE, video=named, **chosen)["estimate"]["code"] == "invalid_profile"


def test_anothers_video_and_upload_are_as_unknown_as_those_that_never_were(
    house: House, ann: Person, bob: Person
) -> None:
    """Hardening 27 and 59."""
    video = house.container.add_video()(_id(ann), GOOD, Metadata())
    begun = ann.asks(CREATE, size=10)["createUpload"]["id"]
    for kind, known in (("Video", ids.encode("Video", video.id)), ("Upload", begun)):
        never = ids.encode(kind, uuid4())
        for query, name in (
            (ONE, "id"),
            (PROGRESS, "id"),
            (COMPLETE, "upload"),
            (ESTIMATE, "video"),
            (START, "video"),
        ):
            more = {"key": "k", "profile": "fast"} if name == "video" else {}
            more = {"profile": "fast"} if query == ESTIMATE else more
            theirs = bob.posts(query, **{name: known}, **more)
            unknown = bob.posts(query, **{name: never}, **more)
            assert theirs.content == unknown.content
            assert b'"errors"' not in theirs.content
        node = "query Node($id: ID!) { node(id: $id) { id } }"
        assert bob.asks(node, id=known) == {"node": None}
        assert ann.asks(node, id=known) == {"node": {"id": known}}


def _id(person: Person) -> Any:
    return person.user_id
