"""Steps of "A video is added before anything is paid"."""

from datetime import timedelta
from functools import partial

from pytest_bdd import given, parsers, scenarios, then, when

from domain.credits import Credits
from domain.errors import LinkRefused
from domain.kept_video import VideoState
from domain.link_refusal import LinkRefusal
from domain.run import RunStatus
from domain.video import YoutubeLink
from tests.builders import LINK
from tests.features.shelf import TITLE, Shelf

scenarios("adding_a_video.feature")


@given(parsers.parse("YouTube has a video of {seconds:g} seconds"))
def _(shelf: Shelf, seconds: float) -> None:
    shelf.publish(seconds)


@given(parsers.parse("YouTube has a video of {seconds:g} seconds without a title"))
def _(shelf: Shelf, seconds: float) -> None:
    shelf.publish(seconds, title=None)


@given(parsers.parse("YouTube refuses the video as {reason:w}"))
def _(shelf: Shelf, reason: str) -> None:
    shelf.publish(60.0, refusal=LinkRefusal(reason))


@given(parsers.parse("a ready video of {seconds:g} seconds"))
def _(shelf: Shelf, seconds: float) -> None:
    shelf.publish(seconds)
    shelf.add()
    shelf.look()
    assert shelf.video.state is VideoState.READY


@given("an estimate of another video")
def _(shelf: Shelf) -> None:
    shelf.publish(90.0)
    shelf.app.remote.videos[YoutubeLink("bbbbbbbbbbb")] = shelf.app.remote.videos[LINK]
    first = shelf.videos[-1]
    shelf.add(YoutubeLink("bbbbbbbbbbb"))
    shelf.look()
    shelf.estimate("title")
    shelf.videos.append(first)


@when("its link is added")
def _(shelf: Shelf) -> None:
    shelf.add()


@when("its link is added and looked at")
def _(shelf: Shelf) -> None:
    shelf.add()
    shelf.look()


@when(parsers.parse('its link is added with the title "{title}" and looked at'))
def _(shelf: Shelf, title: str) -> None:
    shelf.add(title=title)
    shelf.look()


@when("its link is added in two forms")
def _(shelf: Shelf) -> None:
    for form in ("youtu.be/{}", "https://www.youtube.com/shorts/{}"):
        shelf.videos.append(shelf.app.add_link(form.format(LINK.video_id)))


@when(parsers.parse("{count:d} links are added with nobody looking"))
def _(shelf: Shelf, count: int) -> None:
    for number in range(count):
        link = YoutubeLink(f"{number:011d}")
        shelf.tries(partial(shelf.add, link))


@when("it is looked at again")
def _(shelf: Shelf) -> None:
    before = shelf.app.remote.requests
    shelf.look()
    assert shelf.app.remote.requests == before


@when("11 minutes pass with nobody looking")
def _(shelf: Shelf) -> None:
    shelf.app.look_at_forgotten()
    assert shelf.video.state is VideoState.RESOLVING
    shelf.app.pass_time(timedelta(minutes=11))


@when("the video becomes public")
def _(shelf: Shelf) -> None:
    shelf.publish(60.0)


@when("an estimate of its picture and its title is asked for, and then of its title alone")
def _(shelf: Shelf) -> None:
    shelf.estimate("picture", "title")
    shelf.estimate("title")


@when("a run of its title is started by its estimate")
def _(shelf: Shelf) -> None:
    shelf.estimate("title")
    shelf.start("title", key="click", estimate=shelf.estimates[-1])


@when("a run of its title is started by that estimate")
def _(shelf: Shelf) -> None:
    shelf.start("title", key="click", estimate=shelf.estimates[-1])


@when("a run of its title is started")
def _(shelf: Shelf) -> None:
    shelf.start()


@when("the same start of the video is sent again")
def _(shelf: Shelf) -> None:
    shelf.start("title", key="click", estimate=shelf.estimates[-1])
    assert shelf.refusals == []


@when("somebody else asks for it, and for one that never was")
def _(shelf: Shelf) -> None:
    with shelf.app.as_stranger():
        shelf.estimate("title")
        shelf.start()
    shelf.videos.append(shelf.app.unknown_video())
    shelf.estimate("title")
    shelf.start()


@then("the video is resolving, and YouTube was not asked")
def _(shelf: Shelf) -> None:
    assert shelf.videos[-1].state is VideoState.RESOLVING
    assert shelf.app.remote.requests == 0


@then("it has the title that YouTube tells")
def _(shelf: Shelf) -> None:
    assert shelf.video.title == TITLE


@then(parsers.parse('it has the title "{title}"'))
def _(shelf: Shelf, title: str) -> None:
    assert shelf.video.title == title


@then("YouTube was asked once")
def _(shelf: Shelf) -> None:
    assert shelf.app.remote.requests == 1


@then("the video is among those to look at again")
def _(shelf: Shelf) -> None:
    shelf.app.look_at_forgotten()
    assert shelf.video.state is VideoState.READY


@then(parsers.parse("the video is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    assert shelf.video.state is VideoState.REFUSED
    assert shelf.video.refusal == code


@then(parsers.parse("the video is refused as link_refused because of {reason:w}"))
def _(shelf: Shelf, reason: str) -> None:
    assert shelf.video.refusal == LinkRefused.code
    assert shelf.app.reason_of(shelf.videos[-1]) == reason


@then("the second estimate is the first without the picture")
def _(shelf: Shelf) -> None:
    first, second = shelf.estimates
    assert {line.name for line in first.lines} - {line.name for line in second.lines} == {"picture"}
    assert all(first[line.name] == line for line in second.lines)


@then("the run is queued, and the most of its estimate is held")
def _(shelf: Shelf) -> None:
    (run,) = shelf.app.all_runs()
    assert run.status is RunStatus.QUEUED
    assert run.title == TITLE
    assert shelf.purse.balance.held == shelf.estimates[-1].total > Credits(0)


@then("one run exists")
def _(shelf: Shelf) -> None:
    assert len(shelf.app.all_runs()) == 1


@then("both are refused as video_not_found, in the same words")
def _(shelf: Shelf) -> None:
    told = {(each.code, str(each), *each.fields) for each in shelf.refusals}
    assert len(shelf.refusals) == 4
    assert {code for code, *_ in told} == {"video_not_found"}
    assert len(told) == 1


@then(parsers.parse("the last link is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    assert [refusal.code for refusal in shelf.refusals] == [code]
    assert len(shelf.videos) == 20


@then("after the others were looked at it can be added")
def _(shelf: Shelf) -> None:
    for video in shelf.videos:
        shelf.app.look(video)
    shelf.add(YoutubeLink(f"{20:011d}"))
