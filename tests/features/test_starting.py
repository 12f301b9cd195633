"""Steps of "A run starts once, and only when it can be paid for"."""

from datetime import datetime, timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.video_files import MadeVideo
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.errors import DomainError
from domain.rate_limit import Plan
from tests.features.seen import SeenRun
from tests.features.story import Purse, Story

scenarios("starting.feature")

NAMES = ("picture", "sound", "title")


@given(parsers.parse("a person on the free plan with {amount} credits"))
def _(purse: Purse, amount: str) -> None:
    purse.open_account(amount, Plan.FREE)


@given("a person with credits for one run")
def _(story: Story, purse: Purse) -> None:
    purse.open_account(str(story.estimate(story.video, *NAMES).total))


@given(parsers.parse("an estimate that was made {minutes:d} minutes ago"))
def _(story: Story, minutes: int) -> None:
    story.estimate(story.video, *NAMES)
    story.app.pass_time(timedelta(minutes=minutes))


@given(parsers.parse("an estimate for a video of {seconds:g} seconds"))
def _(story: Story, seconds: float) -> None:
    story.estimate(MadeVideo(duration_s=seconds), *NAMES)


@given(parsers.parse("{count:d} runs that were started within the last hour"))
def _(story: Story, count: int) -> None:
    for _ in range(count):
        story.submit("title")
        story.app.pass_time(timedelta(minutes=10))


@when("two devices start a run at the same time")
def _(story: Story) -> None:
    story.answers += story.app.submit_at_once(story.video, *NAMES)


@when("the same start is sent twice")
def _(story: Story) -> None:
    story.submit(*NAMES, key="click")
    story.submit(*NAMES, key="click")


@when("the same key is sent with another profile")
def _(story: Story) -> None:
    story.submit(*NAMES, key="click")
    story.submit("title", key="click")


@when("the same key is sent with another title")
def _(story: Story) -> None:
    story.submit(*NAMES, key="click")
    story.title = "Another title"
    story.submit(*NAMES, key="click")


@when("the run is started with that estimate")
def _(story: Story) -> None:
    story.submit(*NAMES, estimate=story.estimates[-1])


@when(parsers.parse("a run is started with that estimate and a video of {seconds:g} seconds"))
def _(story: Story, seconds: float) -> None:
    story.video = MadeVideo(duration_s=seconds)
    story.submit(*NAMES, estimate=story.estimates[-1])


@when("the run is started and every price rises tenfold before it ends")
def _(story: Story) -> None:
    story.estimate(story.video, *NAMES)
    story.submit(*NAMES)
    story.app.change_prices(10, PREPARATION, *NAMES)
    story.carry_out()


@when("another run is started")
def _(story: Story) -> None:
    story.submit("title")


@then("nothing of the video is kept")
def _(story: Story) -> None:
    assert not story.app.all_runs()
    assert not story.app.kept_of_refused()


@then("one run is started and the other is refused as insufficient_credits")
def _(story: Story) -> None:
    first, second = story.answers
    assert isinstance(first, SeenRun)
    assert isinstance(second, DomainError)
    assert second.code == "insufficient_credits"


@then("the credits of one run are held")
def _(story: Story, purse: Purse) -> None:
    (run,) = story.app.all_runs()
    bill = story.app.bill(run.id)
    assert bill is not None
    assert purse.balance.held == bill.held > Credits(0)


@then("there is one run")
def _(story: Story) -> None:
    (run,) = story.app.all_runs()
    assert {started.id for started in story.runs} == {run.id}


@then("the run is charged by the prices of its estimate")
def _(story: Story, purse: Purse) -> None:
    foreseen = story.estimates[-1]
    assert {line.component: line.held for line in purse.bill.lines} == {
        line.name: line.most for line in foreseen.lines
    }
    assert purse.bill.charged.kopecks > 0


@then("it is refused as rate_limited, with the time of the next free slot")
def _(story: Story) -> None:
    assert story.refusal is not None
    assert story.refusal.code == "rate_limited"
    first = story.app.all_runs()[-1].created_at
    free_at = datetime.fromisoformat(str(story.refusal.fields["free_at"]))
    assert free_at == first + timedelta(hours=1)


@then("at that time the run can start")
def _(story: Story) -> None:
    story.app.pass_time(timedelta(minutes=10))
    story.submit("title")
    assert isinstance(story.answers[-1], SeenRun)
