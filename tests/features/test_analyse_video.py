"""Steps of "A video is measured"."""

from pytest_bdd import parsers, scenarios, then

from domain.component import EmptyReason
from tests.features.driver import EVERYTHING
from tests.features.story import Story

scenarios("analyse_video.feature")


@then("the manifest lists what was measured")
def _(story: Story) -> None:
    components = story.app.manifest(story.run.id)["components"]
    assert isinstance(components, list)
    names = [entry["name"] for entry in components if isinstance(entry, dict)]
    assert set(names) == set(EVERYTHING)


@then("there is a report")
def _(story: Story) -> None:
    assert story.app.has_report(story.run.id, title="A title")


@then(parsers.parse("the sound is empty because {reason:w}"))
def _(story: Story, reason: str) -> None:
    assert story.run.components["sound"].empty_reason == EmptyReason(reason)


@then(parsers.parse("what is computed from the sound is empty because {reason:w}"))
def _(story: Story, reason: str) -> None:
    assert story.run.components["sound_computed"].empty_reason == EmptyReason(reason)


@then("both runs are of one video")
def _(story: Story) -> None:
    first, second = story.runs
    assert (first.platform, first.video_id) == (second.platform, second.video_id)
    assert first.id != second.id


@then("both runs have one configuration")
def _(story: Story) -> None:
    first, second = story.runs
    assert first.config_hash == second.config_hash
