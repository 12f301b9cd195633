"""Steps of "A run is cancelled, or tried again, by whoever started it"."""

from uuid import uuid4

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.remote_videos import PublishedVideo
from application.ports.remote_videos import RemoteFacts
from domain.component import ComponentStatus
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.errors import DomainError
from domain.ledger import UserId
from domain.link_refusal import LinkRefusal
from domain.run import RunStatus
from domain.video import Metadata
from tests.builders import LINK
from tests.features.app import a_choice
from tests.features.purse import Purse
from tests.features.story import Story

scenarios("cancelling.feature")

NAMES = ("picture", "sound", "untouched")


@pytest.fixture
def owner(story: Story) -> UserId:
    return story.app.user


def cancel(story: Story) -> None:
    try:
        story.app.cancel(story.app.user, story.runs[-1].id)
    except DomainError as refusal:
        story.refusal = refusal


def retry(story: Story, *, key: str = "again") -> None:
    app = story.app
    try:
        story.runs.append(app.retry(app.user, story.runs[0].id, key=key))
    except DomainError as refusal:
        story.refusal = refusal


@given("a run that waits for its turn")
def _(story: Story) -> None:
    story.submit(*NAMES)


@given("a run that its owner cancels from another device after the picture was measured")
def _(story: Story) -> None:
    story.submit(*NAMES)

    def elsewhere() -> None:
        cancel(story)
        assert story.run.status is RunStatus.RUNNING
        story.app.ticker.tick()

    story.app.meanwhile["picture"] = elsewhere
    story.carry_out()


@given("its owner's wish to cancel was written and nothing more was done")
def _(story: Story) -> None:
    with story.app.unit_of_work() as work:
        work.runs.request_cancel(story.runs[-1].id, at=story.app.clock.now())
        work.commit()


@given("a run of a link that ended in an error")
def _(story: Story) -> None:
    app = story.app
    facts = RemoteFacts(
        duration_s=10.0,
        width_px=640,
        height_px=360,
        frame_rate_hz=25.0,
        metadata=Metadata(title="Theirs"),
    )
    published = PublishedVideo(facts=facts, content=b"no video at all")
    app.remote.videos[LINK] = published
    story.runs.append(
        app.accept.link(
            LINK,
            metadata=Metadata(title="Mine"),
            profile=a_choice("picture"),
            request=app.request(),
        )
    )
    published.refusal = LinkRefusal.PRIVATE
    story.carry_out()
    published.refusal = None
    assert story.run.status is RunStatus.ERROR


@when("its owner cancels it")
def _(story: Story) -> None:
    cancel(story)


@when(parsers.parse("another person {acts:w} it"))
def _(story: Story, acts: str, owner: UserId) -> None:
    story.app.user = UserId(uuid4())
    {"cancels": cancel, "retries": retry}[acts](story)
    story.app.user = owner


@when("a worker takes the run up")
def _(story: Story) -> None:
    story.carry_out()


@when("its owner retries it")
def _(story: Story) -> None:
    retry(story)


@when("its owner retries it twice")
def _(story: Story) -> None:
    retry(story)
    retry(story)
    assert story.runs[1].id == story.runs[2].id


@when("the uploaded video is removed")
def _(story: Story) -> None:
    story.app.workspaces.discard_upload(story.runs[-1].id)


@then("no run waits for a worker")
def _(story: Story) -> None:
    with story.app.unit_of_work() as work:
        assert list(work.outbox.waiting(limit=9)) == []


@then("the components that had not begun are skipped")
def _(story: Story) -> None:
    assert story.run.components["picture"].status is ComponentStatus.OK
    assert story.run.components["untouched"].status is ComponentStatus.SKIPPED


@then("the picture is charged and nothing else but the preparation")
def _(purse: Purse) -> None:
    charged = {line.component for line in purse.bill.lines if line.charged > Credits(0)}
    assert charged == {"picture", PREPARATION}
    assert purse.balance.held == Credits(0)


@then("it is a new run of the same video and profile")
def _(story: Story) -> None:
    first, again = story.runs[0], story.run
    assert again.id != first.id
    assert again.identity.video_id == first.identity.video_id
    assert again.identity.config_hash == first.identity.config_hash
    assert again.metadata == first.metadata


@then("there are two runs")
def _(story: Story) -> None:
    assert len(story.app.all_runs()) == 2
