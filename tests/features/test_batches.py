"""Steps of "Short videos that wait are measured together"."""

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.video_files import MadeVideo
from application.artifact_format import decode
from application.errors import HandedBack
from application.use_cases.plan_batches import LEFT_FOR
from domain.batch import Machine
from domain.component import ComponentStatus
from domain.lease import LEASE_TTL
from domain.run import Run, RunStatus
from tests.features.app import App
from tests.features.served_components import SERVED, UNLUCKY, made_models
from tests.features.story import Story

scenarios("batches.feature")

NAMES = ("faces", "poses")
FRAMES = 4
"""So many pictures of each video does the made component ask about."""
LIMIT_S = 20.0


@dataclass(slots=True)
class Ending:
    """A worker's time of grace, over once it was asked to end."""

    is_over: bool = False

    def ask(self) -> None:
        self.is_over = True

    @property
    def requested(self) -> bool:
        if self.is_over:
            raise HandedBack
        return False


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(App(tmp_path, components=SERVED, inference=made_models()))


def submit(story: Story, *names: str, duration_s: float, title: str = "A title") -> None:
    story.video, story.title = MadeVideo(duration_s=duration_s), title
    story.submit(*names)
    assert story.refusal is None


def wait(story: Story) -> None:
    story.app.pass_time(LEFT_FOR)


def results(app: App, run: Run) -> list[float]:
    """What was measured, by the artifacts."""
    with app.unit_of_work() as work:
        artifacts = work.runs.artifacts(run.id)
    return [float(decode(app.store.read(artifacts[name]))[0]["value"]) for name in NAMES]


def alone(story: Story, run: Run) -> list[float]:
    """The results of the same video where no other is."""
    folder = story.app.folder / f"alone-{run.id}"
    folder.mkdir()
    app = App(folder, components=SERVED, inference=made_models())
    with story.app.unit_of_work() as work:
        assert run.estimate_id is not None
        size = work.estimates.get(run.estimate_id, user_id=run.user_id).size
    made = app.video(MadeVideo(duration_s=size.duration_s))
    return results(app, app.carry_out(app.submit(made, *NAMES).id))


@given(parsers.parse("a machine that holds {count:d} measurements at once"))
def _(story: Story, count: int) -> None:
    story.app.machine = Machine(memory_mib=300 * count + 1, cores=2)


@given(parsers.parse("a model that takes the pictures of {count:d} videos at once"))
def _(story: Story, count: int) -> None:
    story.app.inference.models = made_models(items_max=FRAMES * count).models


@given(parsers.parse("{count:d} short videos whose runs wait for a worker"))
def _(story: Story, count: int) -> None:
    for _ in range(count):
        submit(story, *NAMES, duration_s=5.0 + len(story.runs))
    wait(story)


@given(parsers.parse("{count:d} short videos whose runs were started just now"))
def _(story: Story, count: int) -> None:
    for _ in range(count):
        submit(story, *NAMES, duration_s=5.0 + len(story.runs))


@given(parsers.parse("{count:d} long videos whose runs wait for a worker"))
def _(story: Story, count: int) -> None:
    for _ in range(count):
        submit(story, *NAMES, duration_s=60.0 + len(story.runs))
    wait(story)


@given("an unlucky short video whose run waits")
def _(story: Story) -> None:
    submit(story, *NAMES, duration_s=9.5, title=UNLUCKY)
    wait(story)


@given("a short video that is also measured for its colour")
def _(story: Story) -> None:
    submit(story, "colour", *NAMES, duration_s=5.5)


@given("the second is cancelled before anything is measured together")
def _(story: Story) -> None:
    second = story.runs[1]

    def cancel() -> None:
        story.app.cancel(story.app.user, second.id)
        story.app.ticker.tick()
        until_s = time.monotonic() + LIMIT_S
        while not story.app.run(second.id).is_terminal:
            assert time.monotonic() < until_s, "the cancelled run waits for the others"
            time.sleep(0.01)

    # The others have been decoded, or will be; none is measured before this one has its colour.
    story.app.meanwhile["colour"] = cancel


@given("a worker has died of the first")
def _(story: Story) -> None:
    with story.app.unit_of_work() as work:
        work.leases.take(story.runs[0].id, owner="worker-0", now=story.app.clock.now())
        work.commit()
    story.app.pass_time(LEASE_TTL + timedelta(seconds=1))


@when("a worker works until nothing waits")
def _(story: Story) -> None:
    while story.app.work_on_next(language="en", cancellation=story.app.token):
        pass


@when("the worker is asked to end before anything is measured together")
def _(story: Story) -> None:
    ending = Ending()
    story.app.meanwhile["colour"] = ending.ask
    assert story.app.work_on_next(language="en", cancellation=ending)


@when("a worker takes the first")
def _(story: Story) -> None:
    assert story.app.work_on_next(language="en", cancellation=story.app.token)


@then("every run is ok")
def _(story: Story) -> None:
    assert {story.app.run(run.id).status for run in story.runs} == {RunStatus.OK}
    assert story.app.analyst.segmented == len(story.runs)


@then(parsers.parse("the models were asked {count:d} times"))
def _(story: Story, count: int) -> None:
    assert len(story.app.inference.calls) == count


@then("every result is what it would be alone")
def _(story: Story) -> None:
    for run in story.runs:
        assert results(story.app, run) == alone(story, run)


@then("every other result is what it would be alone")
def _(story: Story) -> None:
    good = [run for run in story.runs if story.app.run(run.id).components.keys() >= set(NAMES)]
    whole = [run for run in good if _status(story, run, "faces") is ComponentStatus.OK]
    assert len(whole) == len(story.runs) - 1
    for run in whole:
        assert results(story.app, run) == alone(story, run)


@then(parsers.parse("{count:d} runs wait, and none counts as tried"))
def _(story: Story, count: int) -> None:
    with story.app.unit_of_work() as work:
        waiting = work.outbox.waiting(limit=9)
        leases = [work.leases.current(run_id) for run_id in waiting]
    assert sorted(map(str, waiting)) == sorted(str(run.id) for run in story.runs)
    assert [lease.tries for lease in leases if lease is not None] == [0] * count


@then(parsers.parse("{count:d} runs wait"))
def _(story: Story, count: int) -> None:
    with story.app.unit_of_work() as work:
        assert len(work.outbox.waiting(limit=9)) == count


@then("the faces of the unlucky video alone are in error")
def _(story: Story) -> None:
    failed = [run for run in story.runs if _status(story, run, "faces") is ComponentStatus.ERROR]
    assert [run.metadata.title for run in failed] == [UNLUCKY]
    # Together, then each alone, then the poses of the others together.
    assert [count for _, count in story.app.inference.calls] == [5 * FRAMES, *[FRAMES] * 5, 8]


@then("the second run alone is cancelled")
def _(story: Story) -> None:
    cancelled = [
        run.id for run in story.runs if story.app.run(run.id).status is RunStatus.CANCELLED
    ]
    assert cancelled == [story.runs[1].id]


@then("the faces of every video end in the error out_of_memory")
def _(story: Story) -> None:
    for run in story.runs:
        failure = story.app.run(run.id).components["faces"].failure
        assert failure is not None
        assert failure.code == "out_of_memory"


@then("they say that they need more resources")
def _(story: Story) -> None:
    for run in story.runs:
        assert story.app.run(run.id).components["faces"].notes == ("requires_more_resources",)


def _status(story: Story, run: Run, name: str) -> ComponentStatus:
    return story.app.run(run.id).components[name].status
