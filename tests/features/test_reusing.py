"""Steps of "A result that is there is not measured again"."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from pytest_bdd import given, scenarios, then, when

from adapters.memory.video_files import MadeVideo
from application.queries.find_fresh_run import FindFreshRun
from domain.account_settings import AccountSettings
from domain.kept_video import KeptVideo
from domain.ledger import Balance
from domain.run import Run, RunStatus
from domain.video import Metadata
from tests.features.app import App, a_choice
from tests.features.purse import Purse

scenarios("reusing.feature")

TITLE = "A talk"


@dataclass
class Again:
    """What was measured, what is asked again, and what comes of it."""

    purse: Purse
    video: KeptVideo = field(init=False)
    earlier: Run = field(init=False)
    given: Run = field(init=False)
    sent_again: Run = field(init=False)
    charged: Balance = field(init=False)

    @property
    def app(self) -> App:
        return self.purse.app

    def upload(self, title: str = TITLE) -> KeptVideo:
        """The same file each time, as the user of the moment sends it."""
        app, file = self.app, self.app.video(MadeVideo(duration_s=60.0))
        content = file.read_bytes()
        file.unlink()
        sent = app.create_upload(
            app.user, size_bytes=len(content), sha256=None, metadata=Metadata(title=title)
        ).upload
        part = app.receive_part(app.user, sent.id, offset=0, sha256=None)
        part.write(content)
        part.end()
        self.video = app.complete_upload(app.user, sent.id)
        return self.video

    def measure(self) -> None:
        run = self._started("title")
        self.earlier = self.app.carry_out(run.id)
        assert self.earlier.status is RunStatus.OK

    def ask(self, *names: str, is_anew: bool = False) -> None:
        self.given = self._started(*names, is_anew=is_anew)

    def _started(self, *names: str, is_anew: bool = False) -> Run:
        choice, request = a_choice(*names), self.app.request()
        return self.app.start_video_run(self.video.id, choice, request, is_anew=is_anew)


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
    again.charged = again.purse.balance
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
    again.app.pass_time(timedelta(days=4))
    again.ask("title")


@when("the person reuses nothing and its title is to be analysed again")
def _(again: Again) -> None:
    with again.app.unit_of_work() as work:
        work.user_settings.save(again.app.user, AccountSettings(freshness_days=0))
        work.commit()
    again.ask("title")


@when("another person asks for the same")
def _(again: Again) -> None:
    again.purse.open_account("100", name="boris")
    again.upload()
    again.ask("title")


@when("its title is to be analysed anew, and the same is sent again")
def _(again: Again) -> None:
    request = again.app.request(key="click")
    start, choice = again.app.start_video_run, a_choice("title")
    again.given = start(again.video.id, choice, request, is_anew=True)
    again.sent_again = start(again.video.id, choice, request)


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
    app = again.app
    find = FindFreshRun(
        unit_of_work=app.unit_of_work, clock=app.clock, catalogue=app.shipped.catalogue
    )
    found = find(app.user, again.video.id, a_choice("title"))
    assert found is not None
    assert found.id == again.earlier.id
    assert find(app.user, again.video.id, a_choice("title", "picture")) is None
