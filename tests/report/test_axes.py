"""Axes: where values lie, and what stands beside them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.html.charts.axes import (
    Ground,
    Scale,
    plain_axis,
    round_step,
    time_axis,
    value_axis,
    widened,
)
from adapters.html.charts.spans import SPANS, least_span
from adapters.html.language import Texts
from domain.schema import Drawing, Unit
from tests.report.made import an_array

ENGLISH = Texts("en")
FINITE = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6))


def texts_of(percent_and_words: tuple[object, ...]) -> list[str]:
    return [str(getattr(tick, "text", "")) for tick in percent_and_words]


def test_time_is_marked_in_minutes_and_seconds_over_the_whole_video() -> None:
    axis = time_axis(Ground(texts=ENGLISH, duration_s=63.0), 10.0)
    assert axis.scale == Scale(0.0, 63.0)
    assert texts_of(axis.ticks) == ["0:00", "0:15", "0:30", "0:45", "1:00"]
    assert axis.ticks[1].percent == pytest.approx(15 / 63 * 100, abs=0.01)


def test_twenty_minutes_are_marked_every_four() -> None:
    axis = time_axis(Ground(texts=ENGLISH, duration_s=1200.0), 0.0)
    assert texts_of(axis.ticks) == ["0:00", "4:00", "8:00", "12:00", "16:00", "20:00"]
    assert axis.ticks[0].anchor == "start"
    assert axis.ticks[-1].anchor == "end"


def test_a_value_beyond_the_known_length_is_still_on_the_axis() -> None:
    assert time_axis(Ground(texts=ENGLISH, duration_s=None), 42.0).scale.high == 42.0


def test_shares_are_marked_in_percent() -> None:
    axis = value_axis(ENGLISH, np.array([0.0, 0.97]), Unit.SHARE)
    assert texts_of(axis.ticks) == ["0 %", "50 %", "100 %"]


def test_russian_marks_have_a_decimal_comma_and_a_true_minus() -> None:
    axis = value_axis(Texts("ru"), np.array([-0.5, 0.5]), Unit.NONE)
    assert texts_of(axis.ticks) == ["−0,5", "0,0", "0,5"]


def test_fine_steps_show_all_of_their_digits() -> None:
    axis = value_axis(ENGLISH, np.array([0.0, 0.75]), Unit.NONE)
    assert texts_of(axis.ticks) == ["0.00", "0.25", "0.50", "0.75"]


def test_tiny_and_huge_values_are_marked_with_powers_of_ten() -> None:
    tiny = value_axis(ENGLISH, np.array([-5e-5, 1e-4]), Unit.NONE)
    assert texts_of(tiny.ticks) == ["−5·10⁻⁵", "0", "5·10⁻⁵", "1·10⁻⁴"]
    huge = value_axis(Texts("ru"), np.array([0.0, 7.5e6]), Unit.NONE)
    assert texts_of(huge.ticks) == ["0", "2,5·10⁶", "5·10⁶", "7,5·10⁶"]


@given(st.lists(FINITE, min_size=1, max_size=20))
def test_every_value_lies_between_the_ends_of_its_axis(values: list[float]) -> None:
    axis = value_axis(ENGLISH, np.array(values), Unit.NONE)
    share = axis.scale.share(np.array(values))
    assert ((share >= -1e-9) & (share <= 1 + 1e-9)).all()


@given(st.lists(FINITE, min_size=1, max_size=20))
def test_marks_of_values_stand_evenly_from_end_to_end(values: list[float]) -> None:
    places = [tick.percent for tick in value_axis(ENGLISH, np.array(values), Unit.NONE).ticks]
    assert places[0] == 0
    assert places[-1] == 100
    assert np.allclose(np.diff(places), 100 / (len(places) - 1))
    assert 2 <= len(places) <= 6


def test_missing_values_do_not_move_the_axis() -> None:
    known = value_axis(ENGLISH, np.array([1.0, 2.0]), Unit.NONE)
    assert value_axis(ENGLISH, np.array([np.nan, 1, 2, np.inf]), Unit.NONE) == known


def test_a_plain_axis_ends_where_its_values_end() -> None:
    axis = plain_axis(ENGLISH, np.array([0.5, 12.5]), Unit.NONE)
    assert axis.scale == Scale(0.5, 12.5)
    assert texts_of(axis.ticks) == ["5", "10"]


@given(st.floats(1e-9, 1e9))
def test_a_round_step_is_the_next_of_one_two_two_and_a_half_five(rough: float) -> None:
    step = round_step(rough)
    assert rough * (1 - 1e-6) <= step <= rough * 2.6
    assert round(step / 10 ** np.floor(np.log10(step) + 1e-9), 6) in {1, 2, 2.5, 5}


def test_rounding_of_a_still_picture_does_not_fill_the_height_of_a_chart() -> None:
    """Slides shown for seconds: what moves is the last digit, and looked like a wild dance."""
    rounding = np.array([0.0, 4e-6, 0.0, 9e-6])
    motion, _ = an_array("m", rounding, Drawing.LINE, unit=Unit.FRAME_HEIGHTS_PER_SECOND)
    axis = value_axis(ENGLISH, rounding, motion.unit, span_min=least_span(motion))
    assert axis.scale.low == 0
    assert axis.scale.high >= SPANS[Unit.FRAME_HEIGHTS_PER_SECOND]
    assert np.ptp(axis.scale.share(rounding)) < 0.01
    real = value_axis(ENGLISH, np.array([0.0, 0.3]), motion.unit, span_min=least_span(motion))
    assert real.scale.high == pytest.approx(0.3)


def test_the_span_of_a_number_without_a_unit_goes_by_its_range() -> None:
    values = np.array([0.9995, 1.0])
    cosine, _ = an_array("c", values, Drawing.LINE, low=-1.0, high=1.0)
    unbounded, _ = an_array("u", values, Drawing.LINE)
    assert least_span(cosine) == pytest.approx(0.02)
    assert least_span(unbounded) == 0


@given(FINITE, FINITE, st.floats(0, 1e6))
def test_a_widened_span_holds_the_values_and_keeps_their_sign(
    one: float, other: float, span_min: float
) -> None:
    low, high = min(one, other), max(one, other)
    wide_low, wide_high = widened(low, high, span_min=span_min)
    slack = 1e-6 * (1 + abs(low) + abs(high) + span_min)
    assert wide_high - wide_low >= min(span_min, high - low + span_min) - slack
    assert wide_low <= low + slack
    assert wide_high >= high - slack
    assert low < 0 or wide_low >= 0
    assert high >= 0 or wide_high <= 0
