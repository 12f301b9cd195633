"""Steps of "Runs wait their turn, and none is lost"."""

from collections.abc import Callable
from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from application.errors import AdapterError, ResourceExhausted
from domain.credits import Credits
from domain.run import RunStatus
from tests.features.driver import Asked
from tests.features.story import Purse, Story

scenarios("queue.feature")

NAMES = ("picture", "sound", "untouched")


def raising(error: Exception) -> Callable[[], None]:
    def act() -> None:
        raise error

    return act


@given(parsers.parse("{count:d} runs that wait for their turn"))
def _(story: Story, count: int) -> None:
    for _ in range(count):
        story.submit("picture")
        story.app.pass_time(timedelta(seconds=1))


@given("a run that waits for its turn")
def _(story: Story) -> None:
    story.submit(*NAMES)
    assert story.refusal is None


@given("another worker is at the first run")
def _(story: Story) -> None:
    story.app.another_worker_takes(story.runs[0].id)


@given("a person with credits for one run")
def _(story: Story, purse: Purse) -> None:
    purse.open_account(str(story.estimate(story.video, *NAMES).total))


@given("the database is away once while the run is measured")
def _(story: Story) -> None:
    away = AdapterError("away", code="database_unavailable", retryable=True)
    story.app.meanwhile["picture"] = raising(away)


@given("the disk is full whenever the run is taken up")
def _(story: Story) -> None:
    full = ResourceExhausted("full")
    for name in NAMES:
        story.app.meanwhile[name] = raising(full)


@given("a mistake of ours shows while the run is measured")
def _(story: Story) -> None:
    story.app.meanwhile["picture"] = raising(ZeroDivisionError())


@when("a worker works until nothing waits")
def _(story: Story) -> None:
    assert not story.app.work()


@when("a worker works and fails")
def _(story: Story) -> None:
    assert [type(bug) for bug in story.app.work()] == [ZeroDivisionError]


@when("three workers die of it")
def _(story: Story) -> None:
    for name in ("picture", "sound", "untouched"):
        story.app.stop_after = name
        assert story.app.work_once() == 1
        assert story.app.stop_after is None


@when("a worker dies after the picture was measured")
def _(story: Story) -> None:
    story.app.stop_after = "picture"
    assert story.app.work_once() == 1
    assert story.app.stop_after is None


@when(parsers.parse("{count:d} workers are asked to end after they have taken it up"))
def _(story: Story, count: int) -> None:
    for looks in range(count):
        story.app.work_while_asked_to_end(Asked(looks))
        assert story.run.status is RunStatus.RUNNING


@when("two days pass and the credits are spent elsewhere")
def _(purse: Purse) -> None:
    purse.app.pass_time(timedelta(days=2))
    purse.app.spend_elsewhere(purse.story.run.id, *NAMES)


@then("the runs have ended in the order in which they were started")
def _(story: Story) -> None:
    ended = [story.app.run(run.id) for run in story.runs]
    assert [run.status for run in ended] == [RunStatus.OK] * 3
    assert story.app.waiting() == 0
    # The clock stands still: the order is that in which the results came.
    assert list(story.app.in_order_of_results()) == [run.id for run in story.runs]


@then("only the second run is ok")
def _(story: Story) -> None:
    statuses = [story.app.run(run.id).status for run in story.runs]
    assert statuses == [RunStatus.QUEUED, RunStatus.OK]


@then(parsers.parse("the run waits for {seconds:d} seconds more"))
def _(story: Story, seconds: int) -> None:
    story.app.pass_time(timedelta(seconds=seconds - 0.001))
    assert story.app.work_once() == 0
    assert story.run.status is RunStatus.RUNNING
    story.app.pass_time(timedelta(seconds=0.001))


@then("nothing is held any more")
def _(purse: Purse) -> None:
    assert purse.balance.held == Credits(0)
    assert purse.app.waiting() == 0


@then("nothing is charged")
def _(purse: Purse) -> None:
    bill = purse.app.bill(purse.story.run.id)
    assert bill is None or bill.charged == Credits(0)
