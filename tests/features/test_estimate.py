"""Steps of "The time of a run is told before it starts"."""

from dataclasses import replace

from pytest_bdd import scenarios, then, when

from domain.effort import PREPARATION
from tests.features.conftest import EVERYTHING
from tests.features.story import Story

scenarios("estimate.feature")


@when("an estimate is asked for its picture, its sound and its title")
def _(story: Story) -> None:
    story.estimates.append(story.app.estimate(story.video, *EVERYTHING))


@when("an estimate is asked for a video twice as long")
def _(story: Story) -> None:
    longer = replace(story.video, duration_s=2 * story.video.duration_s)
    story.estimates.append(story.app.estimate(longer, *EVERYTHING))


@then("the estimate has a line for each component and one for preparation")
def _(story: Story) -> None:
    names = [line.name for line in story.estimates[0].lines]
    assert sorted(names) == sorted([PREPARATION, *EVERYTHING])


@then("the total is the sum of the lines")
def _(story: Story) -> None:
    estimate = story.estimates[0]
    assert estimate.seconds == sum(line.seconds for line in estimate.lines)
    assert estimate.seconds > len(estimate.lines)


@then("the second estimate is longer")
def _(story: Story) -> None:
    first, second = story.estimates
    assert second.seconds > first.seconds
