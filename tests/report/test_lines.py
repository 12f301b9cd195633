"""Lines: the points of a known line, gaps where values are missing, extremes however long it is."""

import itertools
import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.html.charts.axes import Scale
from adapters.html.charts.line import Series, Trace, trace
from adapters.html.charts.thinning import POINTS_MAX, runs, thin_run

TWELVE_PER_SECOND_FOR_20_MIN = 14_400


def drawn(values: list[float] | NDArray[np.float64], *, high: float) -> Trace:
    series = np.asarray(values, dtype=np.float64)
    along = np.arange(series.size, dtype=np.float64)
    scale = Scale(0.0, max(1.0, series.size - 1.0))
    return trace(Series("x", series, along), x=scale, y=Scale(0.0, high), is_filled=True)


def points(path: str) -> list[tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def test_a_rising_line_goes_from_the_lower_left_to_the_upper_right() -> None:
    assert drawn([0, 5, 10], high=10).path == "M0 200L500 100 1000 0"


def test_the_area_closes_on_the_ground_line() -> None:
    assert drawn([0, 5, 10], high=10).area == "M0 200L0 200 500 100 1000 0V200Z"


def test_a_missing_value_splits_the_path() -> None:
    assert drawn([1, 2, np.nan, 2, 1], high=2).path == "M0 100L250 0M750 0L1000 100"


def test_values_that_are_not_finite_are_gaps() -> None:
    assert drawn([1, -np.inf, 1, np.inf, 1], high=2).dots.count("M") == 3


def test_a_lone_value_is_a_dot() -> None:
    lone = drawn([np.nan, 1, np.nan], high=2)
    assert (lone.path, lone.area, lone.dots) == ("", "", "M500 100h0")


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn([np.nan, np.nan], high=1).path == ""


def test_a_spike_of_one_frame_in_twenty_minutes_is_drawn_to_its_top() -> None:
    """Of 14,400 points about 800 are left; the one that matters is among them."""
    values = np.full(TWELVE_PER_SECOND_FOR_20_MIN, 1.0)
    values[7_777] = 10.0
    path = drawn(values, high=10).path
    assert min(down for _, down in points(path)) == 0
    assert len(points(path)) <= POINTS_MAX + 2


@given(
    st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=1, max_size=400),
    st.integers(1, 60),
)
def test_thinning_keeps_the_ends_the_lowest_and_the_highest_of_every_stretch(
    values: list[int | None], bucket: int
) -> None:
    series = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    for start, stop in runs(np.isfinite(series)):
        kept = thin_run(series, start, stop, bucket=float(bucket))
        stretch = series[start:stop]
        assert kept[0] == start
        assert kept[-1] == stop - 1
        assert series[kept].min() == stretch.min()
        assert series[kept].max() == stretch.max()
        assert (np.diff(kept) > 0).all()
        if bucket > 2:
            assert len(kept) <= 2 * ((stop - start) / bucket + 2) + 2


@given(st.lists(st.booleans(), max_size=60))
def test_runs_are_exactly_the_stretches_of_true(present: list[bool]) -> None:
    rebuilt = np.zeros(len(present), dtype=np.bool_)
    found = runs(np.array(present, dtype=np.bool_))
    for start, stop in found:
        rebuilt[start:stop] = True
    assert rebuilt.tolist() == present
    assert all(stop < start for (_, stop), (start, _) in itertools.pairwise(found))
