"""Steps of "A video is given by a YouTube link"."""

from pytest_bdd import parsers, scenarios, then, when

from domain.errors import DomainError
from tests.features.story import Story

scenarios("links.feature")


@when(parsers.parse("the link {link} is read"), target_fixture="read")
def _(story: Story, link: str) -> str:
    try:
        return story.app.video_named_by(link)
    except DomainError as refusal:
        story.answers.append(refusal)
        return ""


@then(parsers.parse("it names the video {video_id}"))
def _(read: str, video_id: str) -> None:
    assert read == video_id
