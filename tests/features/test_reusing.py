"""Steps of "A result that is there is not measured again"."""

from functools import partial

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.video_files import MadeVideo
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.run import RunStatus
from tests.features.again import Again
from tests.features.story import Purse

scenarios("reusing.feature")


@pytest.fixture
def again(purse: Purse) -> Again:
    return Again(purse)


@given("an uploaded video whose title was analysed")
def _(again: Again) -> None:
    again.upload()
    again.measure()


@given("a video whose title was analysed")
def _(again: Again) -> None:
    again.upload()
    again.measure()
    # Its file was deleted when it had been taken apart: here it is once more.
    again.upload()


@when("its title is to be analysed again")
def _(again: Again) -> None:
    again.ask("title")


@when("its title and its picture are to be analysed")
def _(again: Again) -> None:
    again.ask("title", "picture")


@when("it has got another title and is to be analysed")
def _(again: Again) -> None:
    again.upload("Another title")
    again.ask("title")


@when("its title is to be analysed again, computed anew")
def _(again: Again) -> None:
    again.ask("title", is_anew=True)


@when("4 days pass and its title is to be analysed again")
def _(again: Again) -> None:
    again.pass_days(4)
    again.ask("title")


@when("the person reuses nothing and its title is to be analysed again")
def _(again: Again) -> None:
    reuse_nothing(again)
    again.ask("title")


@when("another person asks for the same")
def _(again: Again) -> None:
    again.purse.open_account("100")
    again.upload()
    again.ask("title")


@when("its title is to be analysed anew, and the same is sent again")
def _(again: Again) -> None:
    start = partial(again.app.start_kept, again.video, "title", key="click")
    again.given, again.sent_again = start(is_anew=True), start(is_anew=False)


@then("both were answered with the new run")
def _(again: Again) -> None:
    assert again.sent_again.id == again.given.id != again.earlier.id


@then("the earlier run is given")
def _(again: Again) -> None:
    assert again.given.id == again.earlier.id


@then("another run is started")
def _(again: Again) -> None:
    assert again.given.id != again.earlier.id
    assert again.given.status is RunStatus.QUEUED


@then("nothing more is charged")
def _(again: Again) -> None:
    assert again.purse.balance == again.charged


@then("the estimate of its title shows the earlier run")
def _(again: Again) -> None:
    asked = partial(again.app.estimate_kept, again.video, is_anew=False)
    assert asked("title").fresh == again.earlier.id
    assert asked("title", "picture").fresh is None


def reuse_nothing(again: Again) -> None:
    again.app.reuse_results_for(0)


@given("an uploaded video whose picture and sound were analysed")
def _(again: Again) -> None:
    again.upload()
    again.measure("picture", "sound")


@given("a video whose computed sound was analysed")
def _(again: Again) -> None:
    again.upload()
    again.measure("sound_computed")


@given("a video whose title and picture were analysed")
def _(again: Again) -> None:
    again.upload()
    again.measure("title", "picture")


@given("a video whose picture was measured in a run that was cancelled")
def _(again: Again) -> None:
    again.upload()
    again.app.cancel_after = "picture"
    again.earlier = again.carry_out(again.started("picture", "sound").id)
    assert again.earlier.status is RunStatus.CANCELLED
    again.app.cancel_after = None
    again.upload()


@given(parsers.parse("a result that is there costs {amount} of its title"))
def _(again: Again, amount: str) -> None:
    again.app.price_reused("title", amount)


@given("a video on YouTube whose picture was analysed")
def _(again: Again) -> None:
    again.publish()
    again.earlier = again.analyse_link("picture")
    assert again.earlier.status is RunStatus.OK


@when("its title and its picture are analysed")
def _(again: Again) -> None:
    again.analyse("title", "picture")


@when("it has got another title and both are analysed")
def _(again: Again) -> None:
    again.title = "Another title"
    again.analyse("title", "picture")


@when("its title and its sound are analysed")
def _(again: Again) -> None:
    again.analyse("title", "sound")


@when("its title and its picture are analysed anew")
def _(again: Again) -> None:
    again.analyse("title", "picture", is_anew=True)


@when("its picture is analysed")
def _(again: Again) -> None:
    # Its file is gone, and not sent again.
    again.ask("picture")
    again.given = again.carry_out(again.given.id)


@when("its computed sound and its picture are analysed")
def _(again: Again) -> None:
    again.analyse("sound_computed", "picture")


@when("its title and its picture are estimated")
def _(again: Again) -> None:
    again.estimate = again.app.estimate_kept(again.video, "title", "picture", is_anew=False)


@when("another video is started by that estimate")
def _(again: Again) -> None:
    # As long and as large, and so at the same price, were nothing there.
    again.upload(made=MadeVideo(duration_s=60.0, has_sound=False))
    again.try_to_start("title", "picture")


@when("its title and its picture are asked anew by that estimate")
def _(again: Again) -> None:
    again.try_to_start("title", "picture", is_anew=True)


@when("that run is tried again")
def _(again: Again) -> None:
    run = again.app.retry(again.earlier.id, key="again")
    again.given = again.carry_out(run.id)


@when(parsers.parse("{days:d} days pass"))
def _(again: Again, days: int) -> None:
    again.pass_days(days)


@when("the person reuses nothing")
def _(again: Again) -> None:
    reuse_nothing(again)


@when("another build of the decoder serves")
def _(again: Again) -> None:
    again.app.change_decoder()


@when("the title's result is damaged")
def _(again: Again) -> None:
    again.app.damage_result(again.earlier.id, "title")


@when("its file has changed")
def _(again: Again) -> None:
    again.publish(frame_rate_hz=24.0)


@when("it was cut")
def _(again: Again) -> None:
    again.publish(seconds=50.0)


@when("another person has its title and its picture analysed")
def _(again: Again) -> None:
    again.purse.open_account("100")
    again.given = again.analyse_link("title", "picture")


@when("another person has its picture analysed")
def _(again: Again) -> None:
    again.purse.open_account("100")
    again.given = again.analyse_link("picture")


@when("another person has the title and the picture of the file analysed")
def _(again: Again) -> None:
    again.purse.open_account("100")
    again.analyse("title", "picture")


@then(parsers.parse("the {name:w} is taken over from the earlier run"))
def _(again: Again, name: str) -> None:
    again.check_taken_over(name, origin=again.earlier)


@then("the sound and the computed sound are taken over")
def _(again: Again) -> None:
    for name in ("sound", "sound_computed"):
        again.check_taken_over(name, origin=again.earlier)
    assert not again.ended("picture").reuse.is_reused


@then("the picture is taken over, and nobody is told from whom")
def _(again: Again) -> None:
    again.check_taken_over("picture", origin=None)


@then(parsers.parse("the {name:w} is measured"))
def _(again: Again, name: str) -> None:
    assert again.given.status is RunStatus.OK
    assert not again.ended(name).reuse.is_reused


@then("everything is measured")
def _(again: Again) -> None:
    assert again.given.status is RunStatus.OK
    assert again.given.id != again.earlier.id
    assert not [name for name, ended in again.given.components.items() if ended.reuse.is_reused]


@then("nothing was decoded for it")
def _(again: Again) -> None:
    assert again.given.status is RunStatus.OK
    done = again.purse.story.preprocessing
    assert (done["attempts"], done["counters"], done["duration_ms"]) == ([], {}, 0)
    assert done["timeline"]["duration_s"] == pytest.approx(60.0, abs=0.1)
    assert again.app.timings_of(again.given.id) == 0, "it says nothing of how long anything takes"


@then("nothing was fetched for it")
def _(again: Again) -> None:
    assert again.requests == 0


@then(parsers.parse("the {name:w} costs nothing"))
def _(again: Again, name: str) -> None:
    assert again.purse.line(name).charged == Credits(0)


@then(parsers.parse("the title costs {amount}"))
def _(again: Again, amount: str) -> None:
    line = again.purse.line("title")
    assert (line.held, line.charged, line.reason) == (
        Credits.of(amount),
        Credits.of(amount),
        "reused",
    )


@then("the estimate has the title as there already, for nothing and in no time")
def _(again: Again) -> None:
    line = again.estimate["title"]
    assert line.is_reused
    assert line.measured_at == again.earlier.components["title"].finished_at
    assert (line.most, line.usually, line.seconds_p50) == (Credits(0), Credits(0), 0.0)


@then("the estimate has the picture at its full price")
def _(again: Again) -> None:
    anew = again.app.estimate_kept(again.video, "title", "picture", is_anew=True)
    assert again.estimate["picture"] == anew["picture"]
    assert again.estimate[PREPARATION] == anew[PREPARATION]
    assert again.estimate.total < anew.total


@then(parsers.parse("the start is refused as {code:w}"))
def _(again: Again, code: str) -> None:
    assert again.refusal is not None
    assert again.refusal.code == code
