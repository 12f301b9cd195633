"""Steps of "Credits pay for runs"."""

from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.video_files import MadeVideo
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.ledger import Account, Balance
from tests.features.story import Purse, Story

scenarios("credits.feature")

NAMES = ("picture", "sound", "title")


@given(parsers.parse("a silent video of {seconds:g} seconds"))
def _(story: Story, seconds: float) -> None:
    story.video = MadeVideo(duration_s=seconds, has_sound=False)


@when("it is analysed for its picture and a component that processes more than was foreseen")
def _(story: Story) -> None:
    story.analyse("picture", "greedy")


@when("it is analysed for its picture and the component that fails")
def _(story: Story) -> None:
    story.analyse("picture", "fails", "fails_computed")


@when("it is analysed for its picture and its sound")
def _(story: Story) -> None:
    story.analyse("picture", "sound")


@when("it is analysed with the failing component required")
def _(story: Story) -> None:
    story.analyse("picture", "fails", required="fails")


@when("the person cancels after the picture was measured")
def _(story: Story) -> None:
    story.app.cancel_after = "picture"
    story.analyse("picture", "sound")


@when("the worker dies after the picture, and the run is resumed")
def _(story: Story) -> None:
    story.app.stop_after = "picture"
    story.analyse("picture", "sound")
    story.carry_out()


@when("the worker dies after the picture, and the person cancels the run")
def _(story: Story) -> None:
    story.app.stop_after = "picture"
    story.analyse("picture", "sound")
    story.app.cancel(story.runs[-1].id)


@when("the run is started, and its video is lost before a worker takes it")
def _(story: Story) -> None:
    story.submit(*NAMES)
    story.app.lose_video(story.runs[-1].id)
    story.carry_out()


@when("the worker dies after the picture, and the run is resumed two days later")
def _(purse: Purse) -> None:
    purse.app.stop_after = "picture"
    purse.story.analyse("picture", "sound")
    purse.app.pass_time(timedelta(days=2))
    assert purse.app.expire_credits() == 1
    purse.story.carry_out()


@then("no line of the bill is above its line in the estimate")
def _(purse: Purse) -> None:
    foreseen = purse.app.foreseen(purse.story.run.id)
    assert {line.component for line in purse.bill.lines} == set(foreseen)
    assert all(line.charged <= foreseen[line.component] for line in purse.bill.lines)
    assert purse.bill.charged.kopecks > 0


@then("the greedy component is charged its whole line, and no more")
def _(purse: Purse) -> None:
    assert purse.line("greedy").charged == purse.line("greedy").held


@then("what was charged and what came back are what was held")
def _(purse: Purse) -> None:
    assert purse.bill.charged + purse.bill.returned == purse.bill.held
    assert all(line.charged + line.returned == line.held for line in purse.bill.lines)


@then(parsers.parse("the person has {amount} credits less what was charged"))
def _(purse: Purse, amount: str) -> None:
    assert purse.balance == Balance(Credits.of(amount) - purse.bill.charged, Credits(0))


@then(parsers.re("nothing is charged for (?P<what>.*), because it is (?P<reason>.*)"))
def _(purse: Purse, what: str, reason: str) -> None:
    name = {
        "the failing component": "fails",
        "what depends on it": "fails_computed",
        "the sound": "sound",
    }[what]
    line = purse.line(name)
    assert (line.charged, line.returned) == (Credits(0), line.held)
    assert line.reason == {"an error": "error"}.get(reason, reason)


@then("the picture and the preparation are charged")
def _(purse: Purse) -> None:
    assert purse.line("picture").charged.kopecks > 0
    assert purse.line(PREPARATION).charged.kopecks > 0


@then("the sound, which is empty, costs its base price alone")
def _(purse: Purse) -> None:
    line = purse.line("sound")
    assert (line.charged, line.reason) == (Credits(10), "empty")
    assert line.held > line.charged


@then("the run cost nothing")
def _(purse: Purse) -> None:
    assert purse.bill.charged == Credits(0)
    assert {line.reason for line in purse.bill.lines} == {"run_failed"}


@then("each component was charged once")
def _(purse: Purse) -> None:
    charged = [entry.component for entry in purse.app.entries() if entry.account == Account.REVENUE]
    assert sorted(map(str, charged)) == sorted([PREPARATION, "picture", "sound"])


@then("what was held at first came back before the run was paid for")
def _(purse: Purse) -> None:
    moved = [
        entry.kopecks
        for entry in purse.app.entries()
        if entry.account == Account.HELD and entry.component is None
    ]
    assert len(moved) == 2
    assert purse.balance.held == Credits(0)
    assert purse.bill.charged + purse.bill.returned == purse.bill.held
