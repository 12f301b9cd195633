"""Steps of "An interrupted run is finished, not begun again"."""

from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from domain.component import ComponentStatus
from domain.events import ComponentEnded, RunMoved
from tests.features.story import Story

scenarios("resume.feature")

NAMES = ("picture", "sound", "untouched")


@given("a run that another worker is carrying out")
def _(story: Story) -> None:
    story.submit(*NAMES)
    with story.app.unit_of_work() as work:
        work.leases.take(story.runs[-1].id, owner="worker-2", now=story.app.clock.now())
        work.commit()


@given(parsers.parse("{seconds:d} seconds pass without a sign of that worker"))
def _(story: Story, seconds: int) -> None:
    story.app.pass_time(timedelta(seconds=seconds))


@given("a run whose worker died after a required component failed")
def _(story: Story) -> None:
    story.app.stop_after = "fails"
    story.analyse("picture", "fails", "untouched", required="fails")


@given("the picture's result has been damaged since")
def _(story: Story) -> None:
    with story.app.unit_of_work() as work:
        artifact = work.runs.artifacts(story.runs[-1].id)["picture"]
    story.app.store.write(artifact.path, b"not what was written")


@given("a run that is cancelled after measuring the picture")
def _(story: Story) -> None:
    story.app.cancel_after = "picture"
    story.analyse(*NAMES)


@when("the run is resumed")
def _(story: Story) -> None:
    story.carry_out()


@then(parsers.re("the picture was measured (?P<times>once|twice)"))
def _(story: Story, times: str) -> None:
    assert story.app.analyst.measured.count("picture") == {"once": 1, "twice": 2}[times]


@then("the video was decoded once")
def _(story: Story) -> None:
    assert story.app.analyst.segmented == 1


@then("the picture's result can still be read")
def _(story: Story) -> None:
    with story.app.unit_of_work() as work:
        artifact = work.runs.artifacts(story.runs[-1].id)["picture"]
    assert story.app.store.read(artifact)


@then("the components that had not begun are skipped")
def _(story: Story) -> None:
    assert story.run.components["untouched"].status is ComponentStatus.SKIPPED


@then("who follows the run was told of each")
def _(story: Story) -> None:
    run = story.run
    with story.app.unit_of_work() as work:
        events = [event for _, event in work.runs.events(run.id)]
    ends = {e.component: e.status for e in events if isinstance(e, ComponentEnded)}
    assert ends == {name: str(ended.status) for name, ended in run.components.items()}
    assert isinstance(events[-1], RunMoved)
