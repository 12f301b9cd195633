"""Steps of "Runs wait their turn, and none is lost"."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.errors import AdapterError, HandedBack, ResourceExhausted
from application.queries.read_ledger import ReadLedger
from domain.credits import Credits
from domain.run import RunStatus
from tests.features.app import WorkerDied
from tests.features.purse import Purse
from tests.features.story import Story
from tests.ledgers import a_take_hold, lines

scenarios("queue.feature")

NAMES = ("picture", "sound", "untouched")


class Asked:
    """A worker that was asked to end, its time of grace over, after so many looks."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    @property
    def requested(self) -> bool:
        self.looks -= 1
        if self.looks < 0:
            raise HandedBack
        return False


def work(story: Story) -> None:
    """What a worker does until it finds nothing to do."""
    story.app.reclaim()
    while story.app.work_on_next(language="en", cancellation=story.app.token):
        pass


def die(story: Story) -> None:
    story.app.reclaim()
    story.app.stop_after = "picture"
    with pytest.raises(WorkerDied):
        story.app.work_on_next(language="en", cancellation=story.app.token)
    story.app.workers.dead.add(story.app.workers.me)
    story.app.workers.me += "+"


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
    with story.app.unit_of_work() as work:
        work.leases.take(story.runs[0].id, owner="worker-2", now=story.app.clock.now())
        work.commit()


@given("a person with credits for one run")
def _(story: Story, purse: Purse) -> None:
    purse.open_account(str(purse.estimate(story.video, *NAMES).total))


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
    work(story)


@when("a worker works and fails")
def _(story: Story) -> None:
    with pytest.raises(ZeroDivisionError):
        work(story)


@when("three workers die of it")
def _(story: Story) -> None:
    for name in ("picture", "sound", "untouched"):
        story.app.reclaim()
        story.app.stop_after = name
        with pytest.raises(WorkerDied):
            story.app.work_on_next(language="en", cancellation=story.app.token)
        story.app.workers.dead.add(story.app.workers.me)
        story.app.workers.me += "+"


@when("a worker dies after the picture was measured")
def _(story: Story) -> None:
    die(story)


@when(parsers.parse("{count:d} workers are asked to end after they have taken it up"))
def _(story: Story, count: int) -> None:
    for looks in range(count):
        assert story.app.work_on_next(language="en", cancellation=Asked(looks))
        assert story.run.status is RunStatus.RUNNING


@when("two days pass and the credits are spent elsewhere")
def _(purse: Purse) -> None:
    app, run_id = purse.app, purse.story.run.id
    app.pass_time(timedelta(days=2))
    with app.unit_of_work() as work:
        work.outbox.take(run_id)
        assert work.ledger.expire(app.clock.now()) == 1
        free = work.ledger.balance(app.user).available.kopecks
        work.ledger.hold(a_take_hold(app.user, lines(other=free), at=app.clock.now()))
        work.commit()


@then("the runs have ended in the order in which they were started")
def _(story: Story) -> None:
    ended = [story.app.run(run.id) for run in story.runs]
    assert [run.status for run in ended] == [RunStatus.OK] * 3
    with story.app.unit_of_work() as work:
        assert list(work.outbox.waiting(limit=9)) == []
    # The clock stands still: the order is that in which the results were written.
    written = [run for path in story.app.store.contents for run in ended if str(run.id) in path]
    assert [run.id for run in written] == [run.id for run in story.runs]


@then("only the second run is ok")
def _(story: Story) -> None:
    statuses = [story.app.run(run.id).status for run in story.runs]
    assert statuses == [RunStatus.QUEUED, RunStatus.OK]


@then(parsers.parse("the run waits for {seconds:d} seconds more"))
def _(story: Story, seconds: int) -> None:
    now, waits = story.app.clock.now(), [story.run.id]
    with story.app.unit_of_work() as work:
        soon = now + timedelta(seconds=seconds - 0.001)
        assert list(work.outbox.ready(now=soon, limit=9)) == []
        then = now + timedelta(seconds=seconds)
        assert list(work.outbox.ready(now=then, limit=9)) == waits
    story.app.pass_time(timedelta(seconds=seconds))


@then("nothing is held any more")
def _(purse: Purse) -> None:
    assert purse.balance.held == Credits(0)
    with purse.app.unit_of_work() as work:
        assert list(work.outbox.waiting(limit=9)) == []


@then("nothing is charged")
def _(purse: Purse) -> None:
    bill = ReadLedger(purse.app.unit_of_work).bill(purse.app.user, purse.story.run.id)
    assert bill is None or bill.charged == Credits(0)


@then("the picture was measured once")
def _(story: Story) -> None:
    assert story.app.analyst.measured.count("picture") == 1


@then("the video was decoded once")
def _(story: Story) -> None:
    assert story.app.analyst.segmented == 1
