"""Steps of "A video is added before anything is paid"."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.remote_videos import PublishedVideo
from adapters.memory.video_files import MadeVideo
from application.ports.remote_videos import RemoteFacts
from domain.credits import Credits
from domain.errors import DomainError, LinkRefused
from domain.kept_video import VideoState
from domain.ledger import Balance
from domain.link_refusal import LinkRefusal
from domain.run import RunStatus
from domain.video import Metadata, YoutubeLink
from tests.builders import LINK
from tests.features.driver import Driver
from tests.features.seen import Foreseen, SeenVideo
from tests.features.story import Purse

scenarios("adding_a_video.feature")

TITLE = "A talk"
FILE = MadeVideo(duration_s=60.0)


@dataclass
class Shelf:
    """The person's videos, and what was answered about them."""

    purse: Purse
    videos: list[SeenVideo] = field(default_factory=list)
    estimates: list[Foreseen] = field(default_factory=list)
    refusals: list[DomainError] = field(default_factory=list)

    @property
    def app(self) -> Driver:
        return self.purse.app

    @property
    def video(self) -> SeenVideo:
        """The latest video, as it is kept."""
        return self.app.video(self.videos[-1])

    def publish(
        self, duration_s: float, *, title: str | None = TITLE, refusal: LinkRefusal | None = None
    ) -> None:
        facts = RemoteFacts(
            duration_s=duration_s,
            width_px=1280,
            height_px=720,
            frame_rate_hz=25.0,
            metadata=Metadata(title=title),
        )
        self.app.remote.videos[LINK] = PublishedVideo(facts=facts, content=b"", refusal=refusal)

    def tries(self, act: Callable[[], object]) -> None:
        """Does something; a refusal is remembered."""
        try:
            act()
        except DomainError as refusal:
            self.refusals.append(refusal)

    def add(self, link: YoutubeLink = LINK, *, title: str | None = None) -> None:
        self.videos.append(self.app.add_link(link.url, title=title))

    def look(self) -> None:
        self.app.look(self.videos[-1])

    def estimate(self, *names: str) -> None:
        asked = self.videos[-1]
        self.tries(lambda: self.estimates.append(self.app.estimate_kept(asked, *names)))

    def upload(self, file: MadeVideo | bytes, *, declared: bytes | None = None) -> None:
        """Sends a file as a client would; a refusal is remembered."""
        self.tries(
            lambda: self.videos.append(self.app.upload(file, title=TITLE, declared=declared))
        )

    def start(self, *names: str, key: str = "", estimate: Foreseen | None = None) -> None:
        asked, chosen = self.videos[-1], names or ("title",)
        self.tries(lambda: self.app.start_kept(asked, *chosen, key=key, estimate=estimate))


@pytest.fixture
def shelf(purse: Purse) -> Shelf:
    return Shelf(purse)


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


@when("a run of its sound is started")
def _(shelf: Shelf) -> None:
    shelf.start("sound")


@when("the same start of the video is sent again")
def _(shelf: Shelf) -> None:
    shelf.start("title", key="click", estimate=shelf.estimates[-1])
    assert shelf.refusals == []


@when(parsers.parse("a file of {seconds:g} seconds is uploaded"))
def _(shelf: Shelf, seconds: float) -> None:
    assert seconds == FILE.duration_s
    shelf.upload(FILE)


@when("a file that is no video is uploaded")
def _(shelf: Shelf) -> None:
    shelf.upload(b"no video at all")


@when("another file than was declared is uploaded")
def _(shelf: Shelf) -> None:
    shelf.upload(b"one of eleven", declared=b"two of eleven")


@when(parsers.parse("{count:d} uploads are begun"))
def _(shelf: Shelf, count: int) -> None:
    for _ in range(count):
        shelf.tries(lambda: shelf.app.begin_upload(9))
    assert len(shelf.refusals) == 1


@when("runs of its title and of its picture are started")
def _(shelf: Shelf) -> None:
    for name in ("title", "picture"):
        shelf.app.start_kept(shelf.videos[-1], name)


@when("both runs are carried out")
def _(shelf: Shelf) -> None:
    for run in reversed(shelf.app.all_runs()):
        shelf.app.carry_out(run.id)


@when("a run of its title is started, cancelled and tried again")
def _(shelf: Shelf) -> None:
    app = shelf.app
    run = app.start_kept(shelf.videos[-1], "title")
    app.cancel(run.id)
    again = app.retry(run.id, key="again")
    assert app.retry(run.id, key="again").id == again.id != run.id
    app.carry_out(again.id)


@when("a run of its title is started, cancelled, the video renamed and the run tried again")
def _(shelf: Shelf) -> None:
    app = shelf.app
    run = app.start_kept(shelf.videos[-1], "title")
    app.cancel(run.id)
    app.rename(shelf.videos[-1], FILE, "Another title altogether")
    assert shelf.video.title == "Another title altogether"
    app.retry(run.id, key="again")


@then("the second run measures the title of the first")
def _(shelf: Shelf) -> None:
    first, second = shelf.app.all_runs()
    assert first.id != second.id
    assert first.title == second.title == TITLE


@when("a day passes and uploads are swept")
def _(shelf: Shelf) -> None:
    shelf.app.sweep_uploads_after_a_day()


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


@then(parsers.parse("the video is ready and {seconds:g} seconds long"))
def _(shelf: Shelf, seconds: float) -> None:
    assert shelf.video.state is VideoState.READY
    assert shelf.video.refusal is None
    assert shelf.video.duration_s == pytest.approx(seconds, abs=0.1)


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


@then("the person has one video")
def _(shelf: Shelf) -> None:
    first, second = shelf.videos
    assert first.id == second.id


@then(parsers.parse("the video is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    assert shelf.video.state is VideoState.REFUSED
    assert shelf.video.refusal == code


@then(parsers.parse("the video is refused as link_refused because of {reason:w}"))
def _(shelf: Shelf, reason: str) -> None:
    assert shelf.video.refusal == LinkRefused.code
    assert shelf.app.reason_of(shelf.videos[-1]) == reason


@then(parsers.parse("an estimate of its title is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    shelf.estimate("title")
    assert shelf.refusals[-1].code == code
    assert shelf.estimates == []


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


@then(parsers.parse("the start is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    assert shelf.refusals[-1].code == code
    assert shelf.purse.balance.held == Credits(0)


@then("both are refused as video_not_found, in the same words")
def _(shelf: Shelf) -> None:
    told = {(each.code, str(each), *each.fields) for each in shelf.refusals}
    assert len(shelf.refusals) == 4
    assert {code for code, *_ in told} == {"video_not_found"}
    assert len(told) == 1


@then("nothing was charged")
def _(shelf: Shelf) -> None:
    assert shelf.purse.balance == Balance(Credits.of("100"), Credits(0))


@then(parsers.parse("the upload is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    assert shelf.refusals[-1].code == code


@then("nothing of the upload is kept")
def _(shelf: Shelf) -> None:
    assert shelf.app.staged() == 0
    assert not shelf.app.left_on_disk()


@then("the file is kept once")
def _(shelf: Shelf) -> None:
    assert shelf.app.staged() == 1


@then("both runs are ok")
def _(shelf: Shelf) -> None:
    assert [str(run.status) for run in shelf.app.all_runs()] == ["ok", "ok"]


@then("the run of the sound is queued")
def _(shelf: Shelf) -> None:
    assert shelf.refusals == []
    assert sorted(run.status for run in shelf.app.all_runs()) == ["ok", "ok", "queued"]


@then(parsers.parse("a run of its title is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    shelf.start()
    assert shelf.refusals[-1].code == code


@then("the second run is ok and the file is gone")
def _(shelf: Shelf) -> None:
    assert sorted(run.status for run in shelf.app.all_runs()) == ["cancelled", "ok"]
    assert shelf.app.staged() == 0


@then(parsers.parse("the last link is refused as {code:w}"))
def _(shelf: Shelf, code: str) -> None:
    assert [refusal.code for refusal in shelf.refusals] == [code]
    assert len(shelf.videos) == 20


@then("after the others were looked at it can be added")
def _(shelf: Shelf) -> None:
    for video in shelf.videos:
        shelf.app.look(video)
    shelf.add(YoutubeLink(f"{20:011d}"))
