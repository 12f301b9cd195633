"""Prices are exact, and rounded up once (R-601, R-602)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.credits import Credits
from domain.errors import InvalidPrice
from domain.price_list import FIGURE_MAX, ComponentPrice, PriceList, Steps, figure, price
from domain.video_size import VideoSize
from tests.builders import NOON

MINUTE = VideoSize(duration_s=60.0, width_px=1920, height_px=1080, frame_rate_hz=30.0)


def d(text: str) -> Decimal:
    return Decimal(text)


# name: the price, seconds, GPU seconds, kopecks; each added up by hand.
BILLS: dict[str, tuple[ComponentPrice, float, float, int]] = {
    "nothing": (ComponentPrice(), 100.0, 100.0, 0),
    "the base": (ComponentPrice(base=d("0.10")), 100.0, 0.0, 10),
    # 0.10 + 12.5 × 0.001 = 0.1125, with 20 % 0.135: 13.5 kopecks.
    "a light one": (
        ComponentPrice(base=d("0.10"), cpu_rate=d("0.001"), markup_percent=d("20")),
        12.5,
        0.0,
        14,
    ),
    # 0.50 + 120 × 0.01 + 30 × 0.1 = 4.70, × 1.5 = 7.05, with 30 % 9.165.
    "with a GPU at 1080p": (
        ComponentPrice(
            base=d("0.50"),
            cpu_rate=d("0.01"),
            gpu_rate=d("0.1"),
            resolution_factors=((720, d("1")), (1080, d("1.5")), (2160, d("2.5"))),
            markup_percent=d("30"),
        ),
        120.0,
        30.0,
        917,
    ),
    # 3 × 0.1 = 0.30 and not a kopeck more: no binary fraction comes near it.
    "three tenths": (ComponentPrice(cpu_rate=d("0.1")), 3.0, 0.0, 30),
    "tenths that are not binary": (ComponentPrice(cpu_rate=d("1")), 0.1 + 0.2, 0.0, 30),
    "a hair above": (ComponentPrice(cpu_rate=d("1")), 0.300001, 0.0, 31),
    # Below the microsecond that seconds are taken in.
    "a hair of a hair above": (ComponentPrice(cpu_rate=d("1")), 0.3000001, 0.0, 30),
    # 0.07 × 0.9 × 1.155 = 0.0727650.
    "by length": (
        ComponentPrice(base=d("0.07"), duration_factors=((1, d("0.9")),), markup_percent=d("15.5")),
        0.0,
        0.0,
        8,
    ),
}


@pytest.mark.parametrize("bill", BILLS)
def test_a_price_is_what_the_hand_adds_up(bill: str) -> None:
    component, seconds, gpu_seconds, kopecks = BILLS[bill]
    found = price(component, seconds=seconds, gpu_seconds=gpu_seconds, size=MINUTE)
    assert found == Credits(kopecks)


STEPS: Steps = ((720, d("1")), (1080, d("2")), (2160, d("4")))


@pytest.mark.parametrize(
    ("sides", "kopecks"),
    [
        ((640, 360), 100),
        ((1280, 720), 100),
        ((720, 1280), 100),
        ((1282, 721), 200),
        ((1920, 1080), 200),
        ((3840, 2160), 400),
        ((7680, 4320), 400),
    ],
)
def test_a_step_holds_up_to_and_with_its_end_and_the_last_one_beyond(
    sides: tuple[int, int], kopecks: int
) -> None:
    """The short side counts, whichever way the picture stands."""
    component = ComponentPrice(base=d("1"), resolution_factors=STEPS)
    size = replace(MINUTE, width_px=sides[0], height_px=sides[1])
    assert price(component, seconds=0, gpu_seconds=0, size=size).kopecks == kopecks


@pytest.mark.parametrize(("duration_s", "kopecks"), [(59.9, 100), (60.0, 100), (60.1, 300)])
def test_length_steps_are_in_minutes(duration_s: float, kopecks: int) -> None:
    component = ComponentPrice(base=d("1"), duration_factors=((1, d("1")), (20, d("3"))))
    size = replace(MINUTE, duration_s=duration_s)
    assert price(component, seconds=0, gpu_seconds=0, size=size).kopecks == kopecks


figures = st.decimals(0, 1000, places=6)
factors = st.decimals(d("0.01"), 10, places=3)
a_price = st.builds(
    ComponentPrice,
    base=figures,
    cpu_rate=figures,
    gpu_rate=figures,
    resolution_factors=factors.map(lambda factor: ((1080, factor),)),
    duration_factors=factors.map(lambda factor: ((20, factor),)),
    markup_percent=figures,
)
seconds_of_work = st.integers(0, 10**10).map(lambda microseconds: microseconds / 10**6)


@given(a_price, seconds_of_work, seconds_of_work)
def test_a_price_is_never_below_the_exact_one_nor_a_kopeck_above(
    component: ComponentPrice, seconds: float, gpu_seconds: float
) -> None:
    """Rounded up once a line: the exact value by another road, in whole numbers."""
    base, cpu, gpu = (
        Fraction(value) for value in (component.base, component.cpu_rate, component.gpu_rate)
    )
    spent, spent_gpu = (Fraction(str(value)) for value in (seconds, gpu_seconds))
    _, resolution = component.resolution_factors[0]
    _, duration = component.duration_factors[0]
    markup = (100 + Fraction(component.markup_percent)) / 100
    roubles = (base + cpu * spent + gpu * spent_gpu) * Fraction(resolution) * Fraction(duration)
    kopecks = price(component, seconds=seconds, gpu_seconds=gpu_seconds, size=MINUTE).kopecks
    assert 0 <= kopecks - 100 * roubles * markup < 1


@given(a_price, st.tuples(seconds_of_work, seconds_of_work), seconds_of_work)
def test_more_seconds_never_cost_less(
    component: ComponentPrice, pair: tuple[float, float], gpu_seconds: float
) -> None:
    less, more = (
        price(component, seconds=seconds, gpu_seconds=gpu_seconds, size=MINUTE)
        for seconds in sorted(pair)
    )
    assert less <= more


def test_an_empty_result_costs_the_base_alone_where_nothing_else_is_said() -> None:
    """R-604: no seconds, no factors, no markup."""
    component = ComponentPrice(
        base=d("0.105"), cpu_rate=d("9"), resolution_factors=STEPS, markup_percent=d("20")
    )
    assert component.of_empty == Credits(11)
    assert replace(component, empty_price=d("0.02")).of_empty == Credits(2)
    assert replace(component, empty_price=d("0")).of_empty == Credits(0)
    assert component.of_reused == Credits(0)
    assert replace(component, reused_price=d("0.031")).of_reused == Credits(4)


@pytest.mark.parametrize("name", ["base", "cpu_rate", "gpu_rate", "markup_percent", "empty_price"])
@pytest.mark.parametrize("value", ["-0.01", "NaN", "sNaN", "Infinity", "1000000.1", "0.0000000001"])
def test_a_figure_that_cannot_be_is_refused(name: str, value: str) -> None:
    given: dict[str, Any] = {name: d(value)}
    with pytest.raises(InvalidPrice, match=name) as refused:
        ComponentPrice(**given)
    assert refused.value.fields == {"figure": name}


@pytest.mark.parametrize(
    "steps",
    [
        ((1080, d("1")), (720, d("2"))),
        ((720, d("1")), (720, d("2"))),
        ((0, d("1")),),
        ((720, d("0")),),
        ((720, d("-1")),),
        ((720, d("NaN")),),
    ],
)
def test_steps_rise_and_their_factors_are_above_nothing(steps: Steps) -> None:
    with pytest.raises(InvalidPrice, match="duration_factors"):
        ComponentPrice(duration_factors=steps)


@pytest.mark.parametrize("text", ["0", "0.5", "12.000000001", str(FIGURE_MAX)])
def test_a_figure_is_read_exactly(text: str) -> None:
    assert figure("base", text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    ["", "-1", "+1", "1e3", "NaN", "inf", "1,5", ".5", "5.", "1_0", " 1", "1\n", "١", "9" * 8],
)
def test_what_is_no_figure_is_refused(text: str) -> None:
    with pytest.raises(InvalidPrice):
        figure("base", text)


def test_a_list_knows_its_components_alone() -> None:
    component = ComponentPrice(base=d("0.5"))
    prices = PriceList(1, NOON, {"tempo": component})
    assert prices["tempo"] is component
    with pytest.raises(KeyError, match="ghost"):
        prices["ghost"]
