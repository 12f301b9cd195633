"""Steps of "What cannot be analysed is refused before a run exists"."""

from pytest_bdd import given, parsers, scenarios

from adapters.memory.video_files import MadeVideo
from tests.features.driver import NotAVideo
from tests.features.story import Story

scenarios("refusals.feature")


@given(parsers.parse("a video of {seconds:d} seconds, {width:d} by {height:d}"))
def _(story: Story, seconds: int, width: int, height: int) -> None:
    story.video = MadeVideo(duration_s=seconds, width_px=width, height_px=height)


@given("a file that is not a video")
def _(story: Story) -> None:
    story.video = NotAVideo()
