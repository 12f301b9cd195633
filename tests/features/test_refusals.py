"""Steps of "What cannot be analysed is refused before a run exists"."""

from pathlib import Path

from pytest_bdd import given, parsers, scenarios

from adapters.memory.video_files import MadeVideo
from tests.features.story import Story

scenarios("refusals.feature")


@given(parsers.parse("a video of {seconds:d} seconds, {width:d} by {height:d}"))
def _(story: Story, seconds: int, width: int, height: int) -> None:
    story.video = MadeVideo(duration_s=seconds, width_px=width, height_px=height)


class _Text(MadeVideo):
    def write(self, file: Path) -> Path:
        file.write_text("not a video", encoding="utf-8")
        return file


@given("a file that is not a video")
def _(story: Story) -> None:
    story.video = _Text()
