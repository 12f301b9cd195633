"""Steps of "A component that fails is told apart from a run that fails"."""

from pytest_bdd import given, parsers, scenarios, then, when

from domain.component import ComponentStatus
from tests.features.story import Story

scenarios("failures.feature")


@given("a component that always fails")
@given("a component that measures nonsense")
def _() -> None:
    """They are in the catalogue of every scenario."""


@when("it is analysed for its picture and the component that fails")
def _(story: Story) -> None:
    story.analyse("picture", "fails", "fails_computed")


@when("it is analysed with the failing component required")
def _(story: Story) -> None:
    story.analyse("picture", "fails", "untouched", required="fails")


@when("it is analysed for its picture and the component that measures nonsense")
def _(story: Story) -> None:
    story.analyse("picture", "nonsense")


@then("the failing component is an error")
def _(story: Story, side: str) -> None:
    failed = story.run.components["fails"]
    assert failed.status is ComponentStatus.ERROR
    assert failed.failure is not None
    assert failed.failure.code == "component_failed"
    # Where in our code it was is kept for whoever mends it, and told to no user of the API.
    assert ("RuntimeError in fails.measure" in failed.failure.message) == (side == "inside")


@then("what depends on it is blocked, with the failing component as its root cause")
def _(story: Story) -> None:
    blocked = story.run.components["fails_computed"]
    assert blocked.status is ComponentStatus.BLOCKED
    assert blocked.failure is not None
    assert blocked.failure.root == "fails"


@then("the run warns of the failing component")
def _(story: Story) -> None:
    assert story.run.warnings == ("fails", "fails_computed")


@then(parsers.parse("the nonsense is an error named {code:w}"))
def _(story: Story, code: str) -> None:
    failed = story.run.components["nonsense"]
    assert failed.failure is not None
    assert failed.failure.code == code
