"""Bars, marks, segments, stacks and shades against geometry worked out by hand."""

import base64
from io import BytesIO

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from adapters.html.charts.axes import Axis, Plot, Scale
from adapters.html.charts.bands import bands_chart
from adapters.html.charts.heat import COLUMNS_MAX, picture, shade
from adapters.html.charts.histogram import BINS_MAX, bars, bins
from adapters.html.charts.line import Series
from adapters.html.charts.marks import mark_kinds
from adapters.html.charts.segments import segments_chart

TEN = Scale(0.0, 10.0)
PLOT = Plot(alt="", x=Axis(TEN, ()), is_time=True)


def test_whole_numbers_stand_in_the_middle_of_their_own_bin() -> None:
    edges, counts = bins(np.array([1.0, 2, 2, 4]), is_whole=True)
    assert edges.tolist() == [0.5, 1.5, 2.5, 3.5, 4.5]
    assert counts.tolist() == [1, 2, 0, 1]


def test_equal_values_fall_into_one_bin() -> None:
    edges, counts = bins(np.array([3.0, 3.0, np.nan]), is_whole=False)
    assert counts.tolist() == [2]
    assert edges[0] < 3 < edges[1]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200))
def test_every_value_is_counted_once(values: list[float]) -> None:
    edges, counts = bins(np.array(values), is_whole=False)
    assert counts.sum() == len(values)
    assert counts.size == edges.size - 1 <= BINS_MAX


def test_a_bar_is_as_high_as_its_value_and_an_empty_one_is_not_drawn() -> None:
    path = bars(np.array([0.0, 5.0, 10.0]), np.array([5.0, 0.0]), x=TEN, y=TEN)
    assert path == "M1.5 200V100H498.5V200Z"


def test_marks_stand_at_their_moments_apart_by_kind() -> None:
    cuts, fades = mark_kinds(np.array([1.0, 4, 9]), ["cut", "fade", "cut"], x=TEN)
    assert (cuts.name, cuts.count, cuts.path) == ("cut", 2, "M100 200V0M900 200V0")
    assert (fades.name, fades.count, fades.path) == ("fade", 1, "M400 200V0")


def test_marks_are_as_high_as_their_strength() -> None:
    (marks,) = mark_kinds(np.array([5.0]), None, x=TEN, tops=TEN.y(np.array([2.5])))
    assert marks.path == "M500 200V150"


def test_segments_reach_from_start_to_end() -> None:
    chart = segments_chart(np.array([[0.0, 4.0], [4.0, 10.0]]), ["a", "b"], PLOT)
    assert [kind.path for kind in chart.kinds] == ["M0 200V0H398.5V200Z", "M400 200V0H998.5V200Z"]
    assert chart.is_named


def test_segments_without_kinds_take_turns_in_two_shades() -> None:
    bounds = np.array([[0.0, 1.0], [1.0, 2.0], [2.0, 3.0]])
    chart = segments_chart(bounds, None, PLOT)
    assert [kind.count for kind in chart.kinds] == [2, 1]
    assert not chart.is_named


def test_bands_stand_upon_each_other() -> None:
    along = np.array([0.0, 10.0])
    low = Series("low", np.array([2.0, 4.0]), along)
    high = Series("high", np.array([8.0, 6.0]), along)
    chart = bands_chart([low, high], PLOT, y=TEN)
    assert chart.bands[0].path == "M0 160L1000 120L1000 200L0 200Z"
    assert chart.bands[1].path == "M0 0L1000 0L1000 120L0 160Z"


def test_a_missing_value_splits_the_stack() -> None:
    along = np.arange(5.0)
    part = Series("x", np.array([1.0, 1, np.nan, 1, 1]), along)
    assert bands_chart([part], PLOT, y=TEN).bands[0].path.count("M") == 2


def test_shades_put_the_first_band_at_the_bottom_and_the_highest_value_strongest() -> None:
    shades = shade(np.array([[0.0, 1.0], [0.5, np.nan]]), low=0.0, high=1.0)
    assert shades.tolist() == [[254, 255], [0, 127]]


def test_more_moments_than_a_plot_can_show_are_averaged() -> None:
    values = np.repeat([[0.0], [1.0]], 5 * COLUMNS_MAX, axis=0)
    shades = shade(values, low=0.0, high=1.0)
    assert shades.shape == (1, COLUMNS_MAX)
    assert (shades[0, : COLUMNS_MAX // 2] == 0).all()
    assert (shades[0, COLUMNS_MAX // 2 :] == 254).all()


def test_the_picture_of_shades_is_one_colour_by_strength() -> None:
    png = picture(np.array([[0, 254, 255]], dtype=np.uint8), (10, 20, 30))
    image = Image.open(BytesIO(base64.b64decode(png))).convert("RGBA")
    assert image.getpixel((0, 0)) == (10, 20, 30, 0)
    assert image.getpixel((1, 0)) == (10, 20, 30, 254)
    assert image.getpixel((2, 0)) == (128, 128, 128, 70)
