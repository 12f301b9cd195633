"""Steps of "The time and the price of a run are told before it starts"."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from domain.effort import PREPARATION
from tests.features.driver import EVERYTHING
from tests.features.story import Story

scenarios("estimate.feature")


@given("an estimate of its picture, its sound and its title")
@when("an estimate is asked for its picture, its sound and its title")
def _(story: Story) -> None:
    story.estimate(story.video, *EVERYTHING)


@when("an estimate is asked for a video twice as long")
def _(story: Story) -> None:
    story.estimate(replace(story.video, duration_s=2 * story.video.duration_s), *EVERYTHING)


@then("the estimate has a line for each component and one for preparation")
def _(story: Story) -> None:
    names = [line.name for line in story.estimates[0].lines]
    assert sorted(names) == sorted([PREPARATION, *EVERYTHING])


@then("the total is the sum of the lines")
def _(story: Story) -> None:
    estimate = story.estimates[0]
    assert estimate.seconds_p50 == pytest.approx(sum(line.seconds_p50 for line in estimate.lines))
    assert estimate.seconds_p50 > len(estimate.lines)
    assert estimate.total.kopecks == sum(line.most.kopecks for line in estimate.lines)
    assert estimate.total.kopecks > len(estimate.lines)


@then("the second estimate is longer and dearer")
def _(story: Story) -> None:
    first, second = story.estimates
    assert second.seconds_p50 > first.seconds_p50
    assert second.total > first.total


@then("what the run usually costs stands beside the most it can cost")
def _(story: Story) -> None:
    estimate = story.estimates[0]
    assert 0 < estimate.usually.kopecks < estimate.total.kopecks


@when(parsers.parse("{minutes:d} minutes pass"))
def _(story: Story, minutes: int) -> None:
    story.app.pass_time(timedelta(minutes=minutes))


@when("its picture is ticked off, and nothing can be asked of anybody")
def _(story: Story) -> None:
    names = [name for name in EVERYTHING if name != "picture"]
    story.estimates.append(story.app.tick_off(story.estimates[0], *names))


@then("the second estimate is the first without the picture")
def _(story: Story) -> None:
    first, second = story.estimates
    assert second.lines == tuple(line for line in first.lines if line.name != "picture")
    assert second.total.kopecks == first.total.kopecks - first["picture"].most.kopecks


@then("the estimate still holds")
def _(story: Story) -> None:
    assert story.app.still_holds(story.estimates[0])


@then("the estimate has expired")
def _(story: Story) -> None:
    assert not story.app.still_holds(story.estimates[0])


@when("the price of a picture rises tenfold")
def _(story: Story) -> None:
    story.app.change_prices(10, "picture")


@then("the first estimate is charged as it said, and the second at the new price")
def _(story: Story) -> None:
    first, second = story.estimates
    charges = story.app.charged_by((first, second), "picture")
    assert charges == [first["picture"].usually, second["picture"].usually]
    assert charges[1] > charges[0]
    assert second.price_list_version == first.price_list_version + 1
