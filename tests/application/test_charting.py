"""Chart data follows from the schema alone, checked on arrays whose pictures are known."""

from typing import Any

import numpy as np
import pytest

from adapters.components.catalogue import ShippedComponents
from application import chart_data
from application.charting import charts
from application.ports.components import Arrays
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Label, Unit
from tests.builders import an_array_schema

LABEL = Label("Made", "Сделано")


def schema_of(*arrays: ArraySchema) -> ArtifactSchema:
    return ArtifactSchema(component="made", version="1", label=LABEL, meaning=LABEL, arrays=arrays)


def drawn(arrays: Arrays, *schemas: ArraySchema, points_max: int = 1000) -> Any:
    """The only chart of these arrays."""
    made = charts(arrays, schema_of(*schemas), points_max=points_max)
    assert len(made) == 1
    return made[0]


TIMES = an_array_schema(
    "times_s", axes=("t",), unit=Unit.SECONDS, drawing=Drawing.HIDDEN, dtype=DType.FLOAT64
)


def test_a_line_lies_along_its_times_in_milliseconds() -> None:
    line = an_array_schema("level", axes=("t",), along="times_s", presence="there")
    mask = an_array_schema("there", axes=("t",), dtype=DType.BOOL, drawing=Drawing.HIDDEN)
    arrays = {
        "times_s": np.array([0.0, 0.5, 1.25]),
        "level": np.array([1.0, 2.0, 9.0]),
        "there": np.array([True, True, False]),
    }
    chart = drawn(arrays, TIMES, line, mask)
    assert isinstance(chart, chart_data.SeriesChart)
    assert chart.places == chart_data.Places((0.0, 500.0, 1250.0), Unit.SECONDS, is_time=True)
    assert [(one.name, one.values) for one in chart.series] == [("", (1.0, 2.0, None))]
    assert chart.points == 3


def test_bands_take_their_names_from_the_words_along_their_axis() -> None:
    bands = an_array_schema("chroma", axes=("t", "2"), along="times_s", drawing=Drawing.BANDS)
    names = an_array_schema("notes", axes=("2",), dtype=DType.TEXT, drawing=Drawing.HIDDEN)
    arrays = {
        "times_s": np.array([0.0, 1.0]),
        "chroma": np.array([[0.1, 0.9], [0.2, np.nan]]),
        "notes": np.array(["C", "D"]),
    }
    chart = drawn(arrays, TIMES, bands, names)
    assert [(one.name, one.values) for one in chart.series] == [
        ("C", (0.1, 0.2)),
        ("D", (0.9, None)),
    ]


def test_a_long_line_is_thinned_with_its_places() -> None:
    line = an_array_schema("level", axes=("t",), along="times_s")
    times = np.arange(5_000) / 12
    level = np.zeros(5_000)
    level[2_500] = 1.0
    chart = drawn({"times_s": times, "level": level}, TIMES, line, points_max=50)
    assert len(chart.places.values) == len(chart.series[0].values) <= 50
    at = chart.series[0].values.index(1.0)
    assert chart.places.values[at] == pytest.approx(2_500 / 12 * 1000)
    assert chart.points == 5_000


@pytest.mark.parametrize(
    ("dtype", "stored", "value"),
    [
        (DType.FLOAT64, np.array(1.5), 1.5),
        (DType.FLOAT64, np.array(np.nan), None),
        (DType.INT64, np.array(3), 3),
        (DType.BOOL, np.array(True), True),
        (DType.TEXT, np.array("C"), "C"),
    ],
)
def test_a_single_value_is_a_plain_one(dtype: DType, stored: Any, value: object) -> None:
    single = an_array_schema("value", axes=(), dtype=dtype, drawing=Drawing.VALUE)
    assert drawn({"value": stored}, single).value == value


def test_counted_values_fall_into_bins_that_hold_them_all() -> None:
    lengths = an_array_schema("lengths_s", axes=("shot",), drawing=Drawing.HISTOGRAM)
    chart = drawn({"lengths_s": np.array([1.0, 1.0, 2.0, 9.0])}, lengths)
    assert chart.names == ()
    assert len(chart.edges) == len(chart.heights) + 1
    assert (chart.edges[0], chart.edges[-1], sum(chart.heights)) == (1.0, 9.0, 4.0)


def test_named_bars_have_a_height_each() -> None:
    shares = an_array_schema("shares", axes=("2",), drawing=Drawing.HISTOGRAM)
    names = an_array_schema("names", axes=("2",), dtype=DType.TEXT, drawing=Drawing.HIDDEN)
    chart = drawn({"shares": np.array([0.25, 0.75]), "names": np.array(["a", "b"])}, shares, names)
    assert (chart.names, chart.heights) == (("a", "b"), (0.25, 0.75))


def test_marks_stand_at_their_moments_with_kinds() -> None:
    at = an_array_schema("cuts_s", axes=("cuts",), unit=Unit.SECONDS, drawing=Drawing.MARKS)
    kinds = an_array_schema("kinds", axes=("cuts",), dtype=DType.TEXT, drawing=Drawing.HIDDEN)
    arrays = {"cuts_s": np.array([1.0, 2.5]), "kinds": np.array(["cut", "fade"])}
    chart = drawn(arrays, at, kinds)
    assert chart.is_time
    assert chart.marks == (
        chart_data.Mark(1000.0, None, "cut"),
        chart_data.Mark(2500.0, None, "fade"),
    )


def test_segments_run_from_start_to_end() -> None:
    bounds = an_array_schema(
        "shots_s", axes=("shots", "2"), unit=Unit.SECONDS, drawing=Drawing.SEGMENTS
    )
    chart = drawn({"shots_s": np.array([[0.0, 2.0], [2.0, 5.0]])}, bounds)
    assert chart.segments == (
        chart_data.Segment(0.0, 2000.0, None),
        chart_data.Segment(2000.0, 5000.0, None),
    )


def test_arrays_of_one_axis_make_one_table_row_by_row() -> None:
    words = an_array_schema("words", axes=("w",), dtype=DType.TEXT, drawing=Drawing.TABLE)
    scores = an_array_schema("scores", axes=("w",), drawing=Drawing.TABLE)
    rgb = an_array_schema("rgb", axes=("w", "3"), dtype=DType.UINT8, drawing=Drawing.TABLE)
    arrays = {
        "words": np.array(["a", "b"]),
        "scores": np.array([0.5, np.nan]),
        "rgb": np.array([[1, 2, 3], [4, 5, 6]], dtype=np.uint8),
    }
    chart = drawn(arrays, words, scores, rgb)
    assert [(c.array.name, c.number, c.cells) for c in chart.columns] == [
        ("words", 1, ("a", "b")),
        ("scores", 1, (0.5, None)),
        ("rgb", 1, (1, 4)),
        ("rgb", 2, (2, 5)),
        ("rgb", 3, (3, 6)),
    ]


def test_key_frames_are_told_by_their_moment() -> None:
    indices = an_array_schema(
        "frame_indices",
        axes=("k",),
        dtype=DType.INT64,
        unit=Unit.FRAME_INDEX,
        drawing=Drawing.KEY_FRAMES,
    )
    chart = drawn({"frame_indices": np.array([0, 18])}, indices)
    assert [frame.at_ms for frame in chart.frames] == [0.0, 1500.0]


def test_only_what_is_asked_for_is_made() -> None:
    first, second = (an_array_schema(name, axes=(), drawing=Drawing.VALUE) for name in "ab")
    arrays = {"a": np.array(1.0), "b": np.array(2.0)}
    made = charts(
        arrays, schema_of(first, second), points_max=100, only=lambda array: array.name == "b"
    )
    assert [chart.array.name for chart in made] == ["b"]


def test_every_component_that_ships_can_be_drawn() -> None:
    """R-804: a chart for every array that its schema says is drawn, whatever the component."""
    for component in ShippedComponents():
        schema = component.schema
        arrays = {array.name: _filled(array) for array in schema.arrays}
        made = charts(arrays, schema, points_max=100)
        shown = {chart.array.name for chart in made}
        columns = {
            c.array.name for t in made if isinstance(t, chart_data.TableChart) for c in t.columns
        }
        masks = {array.presence for array in schema.arrays}
        wanted = {
            array.name
            for array in schema.arrays
            if array.drawing is not Drawing.HIDDEN and array.name not in masks
        }
        assert wanted <= shown | columns, schema.component


def _filled(array: ArraySchema) -> Any:
    shape = tuple(int(axis) if axis.isdigit() else 5 for axis in array.axes)
    if array.dtype is DType.TEXT:
        return np.full(shape, "word")
    if array.dtype is DType.BOOL:
        return np.ones(shape, dtype=np.bool_)
    return np.arange(np.prod(shape, dtype=int), dtype=str(array.dtype)).reshape(shape)
