"""Steps of "A video is heard and seen"."""

from pytest_bdd import given, parsers, scenarios, then, when

from domain.component import ComponentStatus
from domain.credits import Credits
from domain.effort import PREPARATION
from tests.features.heard_components import FOREIGN, LISTENER
from tests.features.served_components import FINDER
from tests.features.story import Purse, Story

scenarios("hearing_and_seeing.feature")

SPEECH_AND_FACES = ("faces", "pace", "speech")


@given("a foreign language is spoken in it")
def _(story: Story) -> None:
    story.title = FOREIGN


@given("a component whose model nobody has built")
def _() -> None:
    """It is in the catalogue of every scenario."""


@when("it is analysed for its speech and its faces")
def _(story: Story) -> None:
    story.analyse(*SPEECH_AND_FACES)


@when("it is analysed for its faces and that component")
def _(story: Story) -> None:
    story.analyse("faces", "unbuilt")


@then("the speech and the faces name the models that told of them")
def _(story: Story) -> None:
    """R-304: name and digest of what answered stand in the result."""
    for component, model in (("speech", LISTENER), ("faces", FINDER)):
        _, written = story.app.result_of(story.run.id, component)
        (used,) = written["models_used"]
        assert used["name"] == model
        assert len(used["weights_sha256"]) == 64


@then(parsers.re(r"(the speech|that component) is an error named (?P<code>\w+)"))
def _(story: Story, code: str) -> None:
    """R-205: it is said which component could not do its work, and why."""
    failures = [
        ended.failure.code
        for ended in story.run.components.values()
        if ended.status is ComponentStatus.ERROR and ended.failure is not None
    ]
    assert failures == [code]


@then("the pace of the speech is blocked")
def _(story: Story) -> None:
    blocked = story.run.components["pace"]
    assert blocked.status is ComponentStatus.BLOCKED
    assert blocked.failure is not None
    assert blocked.failure.root == "speech"


@then("the faces are measured")
def _(story: Story) -> None:
    assert story.run.components["faces"].status is ComponentStatus.OK


@then("the run warns of that component")
def _(story: Story) -> None:
    assert story.run.warnings == ("unbuilt",)


@then("only the faces are charged, and the work shared with them")
def _(purse: Purse) -> None:
    """R-604: what failed costs nothing."""
    charged = {line.component for line in purse.bill.lines if line.charged > Credits(0)}
    assert charged == {"faces", PREPARATION}
