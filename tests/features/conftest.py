"""The two sides of every scenario, and the steps that features share."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_bdd import given, parsers, then, when
from sqlalchemy import URL

from adapters.memory.video_files import MadeVideo
from domain.component import ComponentStatus
from domain.credits import Credits
from domain.kept_video import VideoState
from domain.ledger import Balance
from domain.run import RunStatus
from tests.features.driver import EVERYTHING, PICTURE, Driver
from tests.features.inside import Inside
from tests.features.installation import Installation, installed
from tests.features.outside import Outside
from tests.features.shelf import Shelf
from tests.features.story import Purse, Story
from tests.servers.s3 import S3Access

SERVERS = ("ffmpeg", "ffprobe", "postgres", "rabbitmq", "s3")


@pytest.fixture(
    autouse=True,
    params=[
        "inside",
        pytest.param("outside", marks=[pytest.mark.e2e, pytest.mark.requires(*SERVERS)]),
    ],
)
def side(request: pytest.FixtureRequest) -> str:
    """Every scenario twice: over memory adapters, and over GraphQL against real servers.

    Of itself, since steps ask for their fixtures too late for one of them to have parameters.
    """
    found: str = request.param
    return found


@pytest.fixture(scope="session")
def installation(
    postgres_server: URL,
    undisturbed_rabbit: str,
    s3_server: S3Access,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Installation]:
    """Yield what the outside scenarios share: each finds it as if nobody had been there."""
    data_dir = tmp_path_factory.mktemp("outside")
    bucket = f"test-{uuid4().hex}"
    with installed(
        postgres_server, undisturbed_rabbit, s3_server, bucket=bucket, data_dir=data_dir
    ) as found:
        yield found


@pytest.fixture
def app(side: str, tmp_path: Path, request: pytest.FixtureRequest) -> Driver:
    if side == "inside":
        return Inside(tmp_path)
    return Outside(request.getfixturevalue("installation"))


@pytest.fixture
def story(app: Driver) -> Story:
    return Story(app)


@pytest.fixture
def purse(story: Story) -> Purse:
    return Purse(story)


@pytest.fixture
def shelf(purse: Purse) -> Shelf:
    return Shelf(purse)


@given(parsers.parse("a video of {seconds:g} seconds"))
def _(story: Story, seconds: float) -> None:
    story.video = MadeVideo(duration_s=seconds)


@given(parsers.parse("a video of {seconds:g} seconds without sound"))
def _(story: Story, seconds: float) -> None:
    story.video = MadeVideo(duration_s=seconds, has_sound=False)


@given(parsers.parse("a video of {seconds:g} seconds without a title"))
def _(story: Story, seconds: float) -> None:
    story.video = MadeVideo(duration_s=seconds)
    story.title = None


@when("it is analysed for its picture")
@when("it is analysed for its picture again")
def _(story: Story) -> None:
    story.analyse(*PICTURE)


@when("it is analysed for its picture, its sound and its title")
def _(story: Story) -> None:
    story.analyse(*EVERYTHING)


@given("a run whose worker died after measuring the picture")
def _(story: Story) -> None:
    story.app.stop_after = "picture"
    story.analyse("picture", "sound", "untouched")


@given("a run that is ok")
def _(story: Story) -> None:
    story.analyse("picture")
    assert story.answer == "ok"


@given(parsers.parse("{days:d} days pass"))
def _(story: Story, days: int) -> None:
    story.app.pass_time(timedelta(days=days))


@given(parsers.parse("{hours:d} hours pass"))
def _(story: Story, hours: int) -> None:
    story.app.pass_time(timedelta(hours=hours))


@then(parsers.parse("the run is {status:w}"))
def _(story: Story, status: str) -> None:
    assert story.run.failure is None or status == "cancelled"
    assert story.run.status is RunStatus(status)


@then(parsers.parse("the run ends in the error {code:w}"))
def _(story: Story, code: str) -> None:
    assert story.run.status is RunStatus.ERROR
    assert story.run.failure is not None
    assert story.run.failure.code == code


@then(parsers.parse("the answer is {answer:w}"))
def _(story: Story, answer: str) -> None:
    assert story.answer == answer


@then(parsers.parse("it is refused as {code:w}"))
def _(story: Story, code: str) -> None:
    assert story.refusal is not None
    assert story.refusal.code == code


@then("no run exists")
def _(story: Story) -> None:
    assert not story.app.all_runs()


@then("nothing of the video is left on the worker's disk")
def _(story: Story) -> None:
    assert not story.app.left_on_disk()


@then("every component is ok")
def _(story: Story) -> None:
    assert {ended.status for ended in story.run.components.values()} == {ComponentStatus.OK}


@then("every component is skipped")
def _(story: Story) -> None:
    assert {ended.status for ended in story.run.components.values()} == {ComponentStatus.SKIPPED}


@then(parsers.re(r"the manifest tells of (?P<count>\d+) decodings?"))
def _(story: Story, count: str) -> None:
    assert story.preprocessing["counters"]["decodes"] == int(count)


@then("the components that had not begun are skipped")
def _(story: Story) -> None:
    assert story.run.components["untouched"].status is ComponentStatus.SKIPPED


@then(parsers.re("the picture was measured (?P<times>once|twice)"))
def _(story: Story, times: str) -> None:
    assert story.app.measured("picture") == {"once": 1, "twice": 2}[times]


@then("the video was decoded once")
def _(story: Story) -> None:
    assert story.app.decoded == 1


@given(parsers.parse("a person with {amount} credits"))
def _(purse: Purse, amount: str) -> None:
    purse.open_account(amount)


@then(parsers.re(r"the person has (?P<amount>[\d.]+) credits$"))
def _(purse: Purse, amount: str) -> None:
    assert purse.balance == Balance(Credits.of(amount), Credits(0))


@then(parsers.parse("the video is ready and {seconds:g} seconds long"))
def _(shelf: Shelf, seconds: float) -> None:
    assert shelf.video.state is VideoState.READY
    assert shelf.video.refusal is None
    assert shelf.video.duration_s == pytest.approx(seconds, abs=0.1)


@then("the person has one video")
def _(shelf: Shelf) -> None:
    first, second = shelf.videos
    assert first.id == second.id


@then(parsers.parse("an estimate of its title is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    shelf.estimate("title")
    assert shelf.refusals[-1].code == code
    assert shelf.estimates == []


@then(parsers.parse("the start is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    assert shelf.refusals[-1].code == code
    assert shelf.purse.balance.held == Credits(0)
