"""Steps of "A video is given by a YouTube link"."""

from pytest_bdd import parsers, scenarios, then, when

from domain.errors import DomainError
from domain.video import YoutubeLink
from tests.features.story import Story

scenarios("links.feature")


@when(parsers.parse("the link {link} is read"), target_fixture="read")
def _(story: Story, link: str) -> YoutubeLink | None:
    try:
        return YoutubeLink.parse(link)
    except DomainError as refusal:
        story.refusal = refusal
        return None


@then(parsers.parse("it names the video {video_id}"))
def _(read: YoutubeLink, video_id: str) -> None:
    assert read.video_id == video_id
