"""Steps of "An interrupted run is finished, not begun again"."""

from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from tests.features.story import Story

scenarios("resume.feature")

NAMES = ("picture", "sound", "untouched")


@given("a run that another worker is carrying out")
def _(story: Story) -> None:
    story.submit(*NAMES)
    story.app.another_worker_takes(story.runs[-1].id)


@given(parsers.parse("{seconds:d} seconds pass without a sign of that worker"))
def _(story: Story, seconds: int) -> None:
    story.app.pass_time(timedelta(seconds=seconds))


@given("a run whose worker died after a required component failed")
def _(story: Story) -> None:
    story.app.stop_after = "fails"
    story.analyse("picture", "fails", "untouched", required="fails")


@given("the picture's result has been damaged since")
def _(story: Story) -> None:
    story.app.damage_result(story.runs[-1].id, "picture")


@given("a run that is cancelled after measuring the picture")
def _(story: Story) -> None:
    story.app.cancel_after = "picture"
    story.analyse(*NAMES)


@when("the run is resumed")
def _(story: Story) -> None:
    story.resume()


@then("the picture's result can still be read")
def _(story: Story) -> None:
    assert story.app.can_read(story.runs[-1].id, "picture")


@then("who follows the run was told of each")
def _(story: Story) -> None:
    run = story.run
    told = story.app.told(run.id)
    ends = {component: status for component, status in told if component is not None}
    assert ends == {name: str(ended.status) for name, ended in run.components.items()}
    assert told[-1] == (None, "cancelled")
