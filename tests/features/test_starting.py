"""Steps of "A run starts once, and only when it can be paid for"."""

from datetime import timedelta
from decimal import Decimal

from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.video_files import MadeVideo
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.errors import DomainError, RateLimited
from domain.price_list import ComponentPrice
from domain.rate_limit import Plan
from domain.run import Run
from tests.features.app import PRICE
from tests.features.purse import Purse

scenarios("starting.feature")

NAMES = ("picture", "sound", "title")


@given(parsers.parse("a person on the free plan with {amount} credits"))
def _(purse: Purse, amount: str) -> None:
    purse.open_account(amount, Plan.FREE)


@given("a person with credits for one run")
def _(purse: Purse) -> None:
    purse.open_account(str(purse.estimate(purse.story.video, *NAMES).total))


@given(parsers.parse("an estimate that was made {minutes:d} minutes ago"))
def _(purse: Purse, minutes: int) -> None:
    purse.estimate(purse.story.video, *NAMES)
    purse.app.pass_time(timedelta(minutes=minutes))


@given(parsers.parse("an estimate for a video of {seconds:g} seconds"))
def _(purse: Purse, seconds: float) -> None:
    purse.estimate(MadeVideo(duration_s=seconds), *NAMES)


@given(parsers.parse("{count:d} runs that were started within the last hour"))
def _(purse: Purse, count: int) -> None:
    for _ in range(count):
        purse.start("title")
        purse.app.pass_time(timedelta(minutes=10))


@when("two devices start a run at the same time")
def _(purse: Purse) -> None:
    purse.start(*NAMES)
    purse.start(*NAMES)


@when("the same start is sent twice")
def _(purse: Purse) -> None:
    purse.start(*NAMES, key="click")
    purse.start(*NAMES, key="click")


@when("the same key is sent with another profile")
def _(purse: Purse) -> None:
    purse.start(*NAMES, key="click")
    purse.story.submit("title", request=purse.app.request(key="click"))


@when("the same key is sent with another title")
def _(purse: Purse) -> None:
    purse.start(*NAMES, key="click")
    purse.story.title = "Another title"
    purse.story.submit(*NAMES, request=purse.app.request(key="click"))


@when("the run is started with that estimate")
def _(purse: Purse) -> None:
    request = purse.app.request(estimate_id=purse.estimates[-1].id)
    purse.story.submit(*NAMES, request=request)


@when(parsers.parse("a run is started with that estimate and a video of {seconds:g} seconds"))
def _(purse: Purse, seconds: float) -> None:
    purse.story.video = MadeVideo(duration_s=seconds)
    request = purse.app.request(estimate_id=purse.estimates[-1].id)
    purse.story.submit(*NAMES, request=request)


@when("the run is started and every price rises tenfold before it ends")
def _(purse: Purse) -> None:
    purse.estimate(purse.story.video, *NAMES)
    purse.story.submit(*NAMES)
    dearer = ComponentPrice(base=PRICE.base * 10, cpu_rate=PRICE.cpu_rate * Decimal(10))
    with purse.app.unit_of_work() as work:
        names = [PREPARATION, *NAMES]
        work.prices.add(dict.fromkeys(names, dearer), valid_from=purse.app.clock.now())
        work.commit()
    purse.story.carry_out()


@when("another run is started")
def _(purse: Purse) -> None:
    purse.start("title")


@then("nothing of the video is kept")
def _(purse: Purse) -> None:
    left = [file.name for file in purse.app.folder.rglob("*") if file.is_file()]
    assert left == ["given.mp4"]
    assert purse.app.all_runs() == []


@then("one run is started and the other is refused as insufficient_credits")
def _(purse: Purse) -> None:
    first, second = purse.answers
    assert isinstance(first, Run)
    assert isinstance(second, DomainError)
    assert second.code == "insufficient_credits"


@then("the credits of one run are held")
def _(purse: Purse) -> None:
    (run,) = purse.app.all_runs()
    with purse.app.unit_of_work() as work:
        hold = work.ledger.hold_of(purse.app.user, run.id)
    assert hold is not None
    assert purse.balance.held == Credits(hold.kopecks)


@then("there is one run")
def _(purse: Purse) -> None:
    (run,) = purse.app.all_runs()
    answered = [answer.id for answer in purse.answers if isinstance(answer, Run)]
    assert set(answered) == {run.id}


@then("the run is charged by the prices of its estimate")
def _(purse: Purse) -> None:
    foreseen = purse.estimates[-1]
    assert {line.component: line.held for line in purse.bill.lines} == {
        line.name: line.most for line in foreseen.lines
    }
    assert purse.bill.charged.kopecks > 0


@then("it is refused as rate_limited, with the time of the next free slot")
def _(purse: Purse) -> None:
    refusal = purse.answers[-1]
    assert isinstance(refusal, RateLimited)
    first = purse.app.all_runs()[-1].created_at
    assert refusal.fields["free_at"] == (first + timedelta(hours=1)).isoformat()


@then("at that time the run can start")
def _(purse: Purse) -> None:
    purse.app.pass_time(timedelta(minutes=10))
    purse.start("title")
    assert isinstance(purse.answers[-1], Run)
