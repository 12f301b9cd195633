"""Steps that every feature shares."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from adapters.memory.video_files import MadeVideo
from domain.credits import Credits
from domain.ledger import Balance
from domain.run import RunStatus
from tests.features.app import App
from tests.features.purse import Purse
from tests.features.story import Story

PICTURE = ("picture",)
EVERYTHING = ("picture", "sound", "sound_computed", "title")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(App(tmp_path))


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
    assert story.app.all_runs() == []


@then("nothing of the video is left on the worker's disk")
def _(story: Story) -> None:
    left = [file for file in story.app.folder.rglob("*") if file.is_file()]
    assert [file.name for file in left] in ([], ["given.mp4"])


@then("every component is ok")
def _(story: Story) -> None:
    assert {str(ended.status) for ended in story.run.components.values()} == {"ok"}


@then("every component is skipped")
def _(story: Story) -> None:
    assert {str(ended.status) for ended in story.run.components.values()} == {"skipped"}


@then(parsers.re(r"the manifest tells of (?P<count>\d+) decodings?"))
def _(story: Story, count: str) -> None:
    assert story.preprocessing["counters"]["decodes"] == int(count)


@pytest.fixture
def purse(story: Story) -> Purse:
    return Purse(story)


@given(parsers.parse("a person with {amount} credits"))
def _(purse: Purse, amount: str) -> None:
    purse.open_account(amount)


@then(parsers.re(r"the person has (?P<amount>[\d.]+) credits$"))
def _(purse: Purse, amount: str) -> None:
    assert purse.balance == Balance(Credits.of(amount), Credits(0))
