"""Steps of "A run is cancelled, or tried again, by whoever started it"."""

from pytest_bdd import given, parsers, scenarios, then, when

from adapters.memory.remote_videos import PublishedVideo
from application.ports.remote_videos import RemoteFacts
from domain.component import ComponentStatus
from domain.credits import Credits
from domain.effort import PREPARATION
from domain.link_refusal import LinkRefusal
from domain.run import RunStatus
from domain.video import Metadata
from tests.builders import LINK
from tests.features.story import Purse, Story

scenarios("cancelling.feature")

NAMES = ("picture", "sound", "untouched")


def cancel(story: Story) -> None:
    story.tries(lambda: story.app.cancel(story.runs[-1].id))


def retry(story: Story, *, key: str = "again") -> None:
    story.tries(lambda: story.app.retry(story.runs[0].id, key=key))


@given("a run that waits for its turn")
def _(story: Story) -> None:
    story.submit(*NAMES)


@given("a run that its owner cancels from another device after the picture was measured")
def _(story: Story) -> None:
    story.submit(*NAMES)

    def elsewhere() -> None:
        cancel(story)
        assert story.run.status is RunStatus.RUNNING
        story.app.owner_looks()

    story.app.meanwhile["picture"] = elsewhere
    story.carry_out()


@given("its owner's wish to cancel was written and nothing more was done")
def _(story: Story) -> None:
    story.app.only_wishes_to_cancel(story.runs[-1].id)


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
    story.runs.append(app.submit_link(LINK, "picture", title="Mine"))
    published.refusal = LinkRefusal.PRIVATE
    story.carry_out()
    published.refusal = None
    assert story.run.status is RunStatus.ERROR


@when("its owner cancels it")
def _(story: Story) -> None:
    cancel(story)


@when(parsers.parse("another person {acts:w} it"))
def _(story: Story, acts: str) -> None:
    with story.app.as_stranger():
        {"cancels": cancel, "retries": retry}[acts](story)


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
    story.app.remove_video(story.runs[-1].id)


@then("no run waits for a worker")
def _(story: Story) -> None:
    assert story.app.waiting() == 0


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
    assert (again.platform, again.video_id) == (first.platform, first.video_id)
    assert again.config_hash == first.config_hash
    assert again.title == first.title is not None


@then("there are two runs")
def _(story: Story) -> None:
    assert len(story.app.all_runs()) == 2
