"""Steps of "What a run leaves behind has its time"."""

from pytest_bdd import given, parsers, scenarios, then, when

from tests.features.story import Story

scenarios("retention.feature")


@given("a run that is ok, with leftovers on the worker's disk")
def _(story: Story) -> None:
    story.analyse("picture")
    (story.app.workspaces.folder(story.run.id) / "left.yuv").write_bytes(b"left")


@when("the sweep comes")
def _(story: Story) -> None:
    story.app.sweep()


@then(parsers.parse("its stored frames are {state:w}"))
def _(story: Story, state: str) -> None:
    assert (story.run.id in story.app.frames.kept) == (state == "kept")


@then("the run can still be resumed")
def _(story: Story) -> None:
    story.carry_out()
    assert story.answer == "ok"
    assert story.app.analyst.segmented == 1
