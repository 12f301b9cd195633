"""The service from outside: a stranger signs up, uploads, pays, follows and reads (R-901)."""

import asyncio
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e import stranger
from tests.e2e.clips import make_clip
from tests.e2e.program import Program
from tests.e2e.service import service
from tests.e2e.stranger import Stranger

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.requires("ffmpeg", "ffprobe")]

EMAIL, PASSWORD = "stranger@example.org", "correct horse battery"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("service") / "data"


@pytest.fixture(scope="module")
def url(data_dir: Path) -> Iterator[str]:
    with service(data_dir) as url:
        yield url


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_clip(tmp_path_factory.mktemp("given") / "clip.mp4")


@pytest.fixture(scope="module")
def somebody(url: str, data_dir: Path, program: Program) -> Stranger:
    """Signed up, and given credits by whoever runs the installation."""
    one = Stranger(url)
    one.token = asyncio.run(one.asks(stranger.SIGN_UP, email=EMAIL, password=PASSWORD))["token"]
    given = program.run("topup", "500", "--user", EMAIL, data_dir=data_dir)
    assert given.exit_code == 0, given.err
    return one


async def started(one: Stranger, clip: Path, *, profile: str = "fast") -> Any:
    # A title of its own: what was measured before would be given at once, for nothing.
    video = await one.uploads(clip, title=f"How I film at night, {uuid4().hex}")
    assert video["__typename"] == "Video", video
    estimate = await one.asks(stranger.ESTIMATE, video=video["id"], profile=profile)
    assert estimate["__typename"] == "Estimate", estimate
    terms = {"video": video["id"], "profile": profile, "estimate": estimate["id"]}
    run = await one.asks(stranger.START, **terms, key=uuid4().hex)
    assert run["__typename"] == "Run", run
    return run, estimate


def test_a_stranger_comes_from_a_file_to_charts_and_a_bill(somebody: Stranger, clip: Path) -> None:
    async def story() -> None:
        before = await somebody.asks("{ balance { available } }")
        run, estimate = await started(somebody, clip)
        messages = [message async for message in somebody.follows(run["id"])]
        assert messages[-1]["isLast"]
        assert messages[-1]["run"]["status"] == "OK"
        events = [event for message in messages for event in message["events"]]
        assert [e["sequence"] for e in events] == list(range(1, len(events) + 1))
        again = await somebody.follows_by_sse(run["id"])
        assert [e["sequence"] for e in again[0]["events"]] == [e["sequence"] for e in events]

        told = await somebody.asks(stranger.RESULTS, run=run["id"])
        components = {c["name"]: c for c in told["run"]["components"]}
        ended = {e["component"]: e["componentStatus"] for e in events if e["component"]}
        assert ended == {name: c["status"] for name, c in components.items()}
        charts = components["loudness"]["artifact"]["charts"]
        line = next(c for c in charts if c["__typename"] == "SeriesChart")
        assert len(line["places"]) == len(line["series"][0]["values"])
        bill = told["run"]["bill"]
        assert Decimal(bill["charged"]) + Decimal(bill["returned"]) == Decimal(bill["held"])
        assert Decimal(bill["held"]) == Decimal(estimate["most"])
        assert Decimal(bill["charged"]) > 0
        paid = Decimal(before["available"]) - Decimal(told["balance"]["available"])
        assert paid == Decimal(bill["charged"])
        assert told["balance"]["held"] == "0.00"

    asyncio.run(story())


def test_who_loses_the_line_goes_on_where_they_were(somebody: Stranger, clip: Path) -> None:
    async def story() -> None:
        run, _ = await started(somebody, clip)
        seen: list[int] = []
        async for message in somebody.follows(run["id"]):
            seen += [event["sequence"] for event in message["events"]]
            if len(seen) > 2:
                break
        async for message in somebody.follows(run["id"], after=seen[-1]):
            seen += [event["sequence"] for event in message["events"]]
        assert seen == list(range(1, len(seen) + 1))

    asyncio.run(story())


def test_without_credits_nothing_starts(url: str, clip: Path) -> None:
    """R-604: too little balance."""

    async def story() -> None:
        poor = Stranger(url)
        email = f"{uuid4().hex}@example.org"
        poor.token = (await poor.asks(stranger.SIGN_UP, email=email, password=PASSWORD))["token"]
        video = await poor.uploads(clip, title="A")
        asked = {"video": video["id"], "profile": "fast"}
        estimate = await poor.asks(stranger.ESTIMATE, **asked)
        refused = await poor.asks(stranger.START, **asked, estimate=estimate["id"], key="k")
        assert refused["code"] == "insufficient_credits"

    asyncio.run(story())


def test_the_command_line_shares_a_served_installation(
    url: str, data_dir: Path, clip: Path, program: Program
) -> None:
    """Whoever takes the run, the command tells its end: the service's worker may be faster."""
    assert url
    given = ("--title", "A talk", "--profile", "fast", "--format", "json")
    for _ in range(2):
        ended = program.run("analyze", str(clip), *given, data_dir=data_dir)
        assert ended.exit_code == 0, ended.err
        assert ended.answer["status"] == "ok"
        assert Path(ended.answer["report"]).is_file()


def test_what_is_no_video_is_refused_before_anything_starts(
    somebody: Stranger, tmp_path: Path
) -> None:
    """R-103: bad input loses nothing and charges nothing."""
    text = tmp_path / "notes.mp4"
    text.write_text("no video at all\n" * 100)

    async def story() -> None:
        before = await somebody.asks("{ balance { available held } }")
        refused = await somebody.uploads(text, title="A")
        assert refused["code"] == "unsupported_input"
        assert await somebody.asks("{ balance { available held } }") == before

    asyncio.run(story())
