"""Steps of "What a run leaves behind has its time"."""

from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.reports import MemoryReports
from application.ports.reports import ReportPage
from domain.run import RunStatus
from tests.features.app import WorkerDied
from tests.features.story import Story

scenarios("retention.feature")


@given("a run that is ok, with leftovers on the worker's disk")
def _(story: Story) -> None:
    story.analyse("picture")
    (story.app.workspaces.folder(story.run.id) / "left.yuv").write_bytes(b"left")


@when("the sweep comes")
def _(story: Story) -> None:
    story.app.sweep(language="ru")


@given("a run whose worker died between its end and its report")
def _(story: Story) -> None:
    reports = story.app.reports
    story.app.reports = DyingReports()
    story.analyse("picture")
    story.app.reports = reports
    assert story.run.status is RunStatus.OK
    assert not reports.is_written(story.run.identity)


class DyingReports(MemoryReports):
    """Kills the worker before the report is written."""

    def write(self, page: ReportPage, *, language: str) -> str:
        del page, language
        raise WorkerDied


@given("another worker is at that run")
def _(story: Story) -> None:
    with story.app.unit_of_work() as work:
        work.leases.take(
            story.runs[-1].id, owner="other", now=story.app.clock.now(), owner_is_dead=True
        )
        work.commit()


@given("its result has been damaged since")
def _(story: Story) -> None:
    with story.app.unit_of_work() as work:
        artifact = work.runs.artifacts(story.runs[-1].id)["picture"]
    story.app.store.write(artifact.path, b"not what was written")


@then(parsers.re("it has (?P<what>its|no) report"))
def _(story: Story, what: str) -> None:
    assert story.app.reports.is_written(story.run.identity) == (what == "its")


@then("its workspace is still there")
def _(story: Story) -> None:
    assert [left for left, _ in story.app.workspaces.leftovers()] == [story.run.id]


@then(parsers.parse("its stored frames are {state:w}"))
def _(story: Story, state: str) -> None:
    assert (story.run.id in story.app.frames.kept) == (state == "kept")


@then("the run can still be resumed")
def _(story: Story) -> None:
    story.carry_out()
    assert story.answer == "ok"
    assert story.app.analyst.segmented == 1
