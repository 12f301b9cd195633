"""Steps of "What a run leaves behind has its time"."""

from pytest_bdd import given, parsers, scenarios, then, when

from domain.run import RunStatus
from tests.features.story import Story

scenarios("retention.feature")


@given("a run that is ok, with leftovers on the worker's disk")
def _(story: Story) -> None:
    story.analyse("picture")
    story.app.leave_on_disk(story.run.id)


@when("the sweep comes")
def _(story: Story) -> None:
    story.app.sweep()


@given("a run that ended while no report could be written")
def _(story: Story) -> None:
    story.app.takes_no_report()
    story.analyse("picture")
    assert story.run.status is RunStatus.OK
    assert not story.app.has_report(story.run.id)


@given("another worker is at that run")
def _(story: Story) -> None:
    story.app.another_worker_takes(story.run.id, from_the_dead=True)


@given("its result has been damaged since")
def _(story: Story) -> None:
    story.app.damage_result(story.run.id, "picture")


@then(parsers.re("it has (?P<what>its|no) report"))
def _(story: Story, what: str) -> None:
    assert story.app.has_report(story.run.id) == (what == "its")


@then("its workspace is still there")
def _(story: Story) -> None:
    assert story.app.has_workspace(story.run.id)


@then(parsers.parse("its stored frames are {state:w}"))
def _(story: Story, state: str) -> None:
    assert story.app.keeps_frames(story.run.id) == (state == "kept")


@then("the run can still be resumed")
def _(story: Story) -> None:
    story.carry_out()
    assert story.answer == "ok"
    assert story.app.decoded == 1
