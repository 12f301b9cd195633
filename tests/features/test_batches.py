"""Steps of "Short videos that wait are measured together"."""

import time
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.video_files import MadeVideo
from application.errors import HandedBack
from domain.component import ComponentStatus
from domain.lease import LEASE_TTL
from domain.run import RunStatus
from tests.features.driver import Driver
from tests.features.seen import SeenComponent, SeenRun
from tests.features.served_components import FINDER, POSER, UNLUCKY
from tests.features.story import Story

scenarios("batches.feature")

NAMES = ("faces", "poses")
FRAMES, FACES = 4, 2
"""So many pictures of each video does the first component ask about, and so many items the next."""
QUICK = MadeVideo(width_px=160, height_px=90, frame_rate_hz=12.0, has_sound=False)
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


@dataclass
class Waiting:
    """The videos whose runs were started, in this order."""

    story: Story
    known: dict[MadeVideo, list[float]]
    """What a video's results are where it is measured alone."""
    videos: list[MadeVideo] = field(default_factory=list)

    @property
    def app(self) -> Driver:
        return self.story.app

    @property
    def runs(self) -> list[SeenRun]:
        """As they are now."""
        return [self.app.run(run.id) for run in self.story.runs]

    def start(self, *names: str, duration_s: float, title: str = "A title") -> None:
        """Quickly written and decoded: what counts here is how long it is."""
        video = replace(QUICK, duration_s=duration_s)
        self.story.video, self.story.title = video, title
        self.story.submit(*names or NAMES)
        assert self.story.refusal is None
        self.videos.append(video)

    def start_several(self, count: int, duration_s: float = 5.0) -> None:
        for _ in range(count):
            self.start(duration_s=duration_s + len(self.videos))

    def ended(self, name: str) -> list[SeenComponent]:
        return [run.components[name] for run in self.runs]

    def check_as_alone(self, number: int) -> None:
        """A run's results are to the last bit those of a run of the same video without company."""
        video, run = self.videos[number], self.story.runs[number]
        if video not in self.known:
            self.known[video] = self._alone(video)
        assert [self.app.result_of(run.id, name)[0] for name in NAMES] == self.known[video]

    def _alone(self, video: MadeVideo) -> list[float]:
        before = len(self.app.calls)
        run = self.app.submit(video, *NAMES)
        self.app.carry_out(run.id)
        assert list(self.app.calls)[before:] == [(FINDER, FRAMES), (POSER, FACES)]
        return [self.app.result_of(run.id, name)[0] for name in NAMES]


@pytest.fixture(scope="module")
def known_alone() -> dict[str, dict[MadeVideo, list[float]]]:
    """By side: a made picture and a real one of the same length are different videos."""
    return {"inside": {}, "outside": {}}


@pytest.fixture
def waiting(
    story: Story, side: str, known_alone: dict[str, dict[MadeVideo, list[float]]]
) -> Waiting:
    return Waiting(story, known_alone[side])


@given(parsers.parse("a machine that holds {count:d} measurements at once"))
def _(story: Story, count: int) -> None:
    story.app.hold_at_once(count, *NAMES)


@given(parsers.parse("a model that takes the pictures of {count:d} videos at once"))
def _(story: Story, count: int) -> None:
    story.app.limit_models(FRAMES * count)


@given(parsers.parse("{count:d} short videos whose runs wait for a worker"))
def _(waiting: Waiting, count: int) -> None:
    waiting.start_several(count)
    waiting.app.leave_waiting()


@given(parsers.parse("{count:d} short videos whose runs were started just now"))
def _(waiting: Waiting, count: int) -> None:
    waiting.start_several(count)


@given(parsers.parse("{count:d} long videos whose runs wait for a worker"))
def _(waiting: Waiting, count: int) -> None:
    waiting.start_several(count, duration_s=60.0)
    waiting.app.leave_waiting()


@given(
    parsers.parse(
        "a short video whose run waits, and a machine with 1/{parts:d} of the memory that "
        "measuring takes"
    )
)
def _(waiting: Waiting, parts: int) -> None:
    waiting.app.take_more_than_there_is(parts, *NAMES)
    waiting.start_several(1)


@given("an unlucky short video whose run waits")
def _(waiting: Waiting) -> None:
    waiting.start(duration_s=9.5, title=UNLUCKY)
    waiting.app.leave_waiting()


@given("a short video that is also measured for its colour")
def _(waiting: Waiting) -> None:
    waiting.start("colour", *NAMES, duration_s=5.5)


@given("the second is cancelled before anything is measured together")
def _(waiting: Waiting) -> None:
    app, second = waiting.app, waiting.story.runs[1]

    def cancel() -> None:
        app.cancel(second.id)
        app.owner_looks()
        until_s = time.monotonic() + LIMIT_S
        while app.run(second.id).status is not RunStatus.CANCELLED:
            assert time.monotonic() < until_s, "the cancelled run waits for the others"
            time.sleep(0.01)

    # The others have been decoded, or will be; none is measured before this one has its colour.
    app.meanwhile["colour"] = cancel


@given("a worker has died of the first")
def _(story: Story) -> None:
    story.app.another_worker_takes(story.runs[0].id)
    story.app.pass_time(LEASE_TTL + timedelta(seconds=1))


@when("a worker works until nothing waits")
def _(story: Story) -> None:
    assert not story.app.work()


@when("the worker is asked to end before anything is measured together")
def _(story: Story) -> None:
    ending = Ending()
    story.app.meanwhile["colour"] = ending.ask
    story.app.work_while_asked_to_end(ending)


@when("a worker takes the first")
def _(story: Story) -> None:
    story.app.take_first()


@then("every run is ok")
def _(waiting: Waiting) -> None:
    assert {run.status for run in waiting.runs} == {RunStatus.OK}
    assert waiting.app.decoded == len(waiting.runs)


@then(parsers.parse("the models were asked {count:d} times"))
def _(story: Story, count: int) -> None:
    assert len(story.app.calls) == count


@then("the models were asked for 2, 2, 1 and 1 things at once")
def _(story: Story) -> None:
    assert [count for _, count in story.app.calls] == [2, 2, 1, 1]


@then("the faces end in the error out_of_memory after one call")
def _(waiting: Waiting) -> None:
    """It began with a quarter: what is halved once more would be less than R-508 allows."""
    (faces,) = waiting.ended("faces")
    assert faces.failure is not None
    assert faces.failure.code == "out_of_memory"
    assert faces.notes == ("requires_more_resources",)
    assert [count for _, count in waiting.app.calls] == [1]


@then("every result is what it would be alone")
def _(waiting: Waiting) -> None:
    for number in range(len(waiting.videos)):
        waiting.check_as_alone(number)


@then("every other result is what it would be alone")
def _(waiting: Waiting) -> None:
    whole = [
        number
        for number, run in enumerate(waiting.runs)
        if run.components["faces"].status is ComponentStatus.OK
    ]
    assert len(whole) == len(waiting.videos) - 1
    for number in whole:
        waiting.check_as_alone(number)


@then(parsers.parse("{count:d} runs wait, and none counts as tried"))
def _(story: Story, count: int) -> None:
    assert story.app.tries_of_waiting() == {run.id: 0 for run in story.runs}
    assert len(story.runs) == count


@then(parsers.parse("{count:d} runs wait"))
def _(story: Story, count: int) -> None:
    assert story.app.waiting() == count


@then("the faces of the unlucky video alone are in error")
def _(waiting: Waiting) -> None:
    failed = [
        run.title for run in waiting.runs if run.components["faces"].status is ComponentStatus.ERROR
    ]
    assert failed == [UNLUCKY]
    # Together, then each alone, then the poses of the others together.
    counts = [count for _, count in waiting.app.calls]
    assert counts == [5 * FRAMES, *[FRAMES] * 5, 4 * FACES]


@then("the second run alone is cancelled")
def _(waiting: Waiting) -> None:
    statuses = [run.status is RunStatus.CANCELLED for run in waiting.runs]
    assert statuses == [False, True, False, False]


@then("the faces of every video end in the error out_of_memory")
def _(waiting: Waiting) -> None:
    failures = [ended.failure for ended in waiting.ended("faces")]
    assert [failure and failure.code for failure in failures] == ["out_of_memory"] * 2


@then("they say that they need more resources")
def _(waiting: Waiting) -> None:
    notes = {ended.notes for ended in waiting.ended("faces")}
    assert notes == {("requires_more_resources",)}
