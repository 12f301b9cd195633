"""Steps of "A video is measured"."""

from pytest_bdd import parsers, scenarios, then

from domain.component import EmptyReason
from tests.features.story import Story

scenarios("analyse_video.feature")


@then("the manifest lists what was measured")
def _(story: Story) -> None:
    components = story.app.manifest(story.run)["components"]
    assert isinstance(components, list)
    names = [entry["name"] for entry in components if isinstance(entry, dict)]
    assert set(names) == story.run.profile.component_names


@then("there is a report")
def _(story: Story) -> None:
    assert story.app.reports.page(story.run.id).title == "A title"


@then(parsers.parse("the sound is empty because {reason:w}"))
def _(story: Story, reason: str) -> None:
    assert story.run.components["sound"].empty_reason is EmptyReason(reason)


@then(parsers.parse("what is computed from the sound is empty because {reason:w}"))
def _(story: Story, reason: str) -> None:
    assert story.run.components["sound_computed"].empty_reason is EmptyReason(reason)


@then("both runs are of one video")
def _(story: Story) -> None:
    first, second = (run.identity for run in story.runs)
    assert (first.platform_id, first.video_id) == (second.platform_id, second.video_id)
    assert first.run_id != second.run_id


@then("both runs have one configuration")
def _(story: Story) -> None:
    first, second = (run.identity for run in story.runs)
    assert first.config_hash == second.config_hash
