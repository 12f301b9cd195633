"""Steps of "The time and the price of a run are told before it starts"."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.pricing import pricing
from application.use_cases.set_price import PriceChange, SetPrice
from domain.component import ComponentStatus
from domain.effort import PREPARATION
from domain.errors import EstimateExpired
from domain.estimate import Estimate
from tests.features.app import PRICE, a_choice
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
    assert estimate.seconds_p50 == sum(line.seconds_p50 for line in estimate.lines)
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
    assert 0 < estimate.usually.kopecks < estimate.total.kopecks == estimate.hold.kopecks


@given("an estimate of its picture, its sound and its title")
def _(story: Story) -> None:
    story.estimates.append(story.app.estimate(story.video, *EVERYTHING))


@when(parsers.parse("{minutes:d} minutes pass"))
def _(story: Story, minutes: int) -> None:
    story.app.pass_time(timedelta(minutes=minutes))


@when("its picture is ticked off, and nothing can be asked of anybody")
def _(story: Story) -> None:
    with story.app.unit_of_work() as work:
        known = pricing(work, story.app.shipped.catalogue, now=story.app.clock.now())
    size = story.estimates[0].size
    names = [name for name in EVERYTHING if name != "picture"]
    story.estimates.append(known.estimate(a_choice(*names), size, now=story.app.clock.now()))


@then("the second estimate is the first without the picture")
def _(story: Story) -> None:
    first, second = story.estimates
    assert second.lines == tuple(line for line in first.lines if line.name != "picture")
    assert second.total.kopecks == first.total.kopecks - first["picture"].most.kopecks


@then("the estimate still holds")
def _(story: Story) -> None:
    story.estimates[0].check_valid(story.app.clock.now())


@then("the estimate has expired")
def _(story: Story) -> None:
    with pytest.raises(EstimateExpired):
        story.estimates[0].check_valid(story.app.clock.now())


@when("the price of a picture rises tenfold")
def _(story: Story) -> None:
    change = PriceChange(figures={"base": 10 * PRICE.base, "cpu_rate": 10 * PRICE.cpu_rate})
    SetPrice(story.app.unit_of_work, story.app.clock)("picture", change)


@then("the first estimate is charged as it said, and the second at the new price")
def _(story: Story) -> None:
    first, second = (kept(story, estimate) for estimate in story.estimates)
    units = first["picture"].units
    charges = [each.charge("picture", units, ComponentStatus.OK) for each in (first, second)]
    assert charges == [first["picture"].usually, second["picture"].usually]
    assert charges[1] > charges[0]
    assert second.price_list_version == first.price_list_version + 1


def kept(story: Story, estimate: Estimate) -> Estimate:
    """The estimate as the database holds it."""
    with story.app.unit_of_work() as work:
        return work.estimates.get(estimate.id, user_id=story.app.user)
