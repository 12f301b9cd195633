"""What is drawn together is read from the schema alone (R-804)."""

from adapters.html import plan
from domain.schema import Drawing, DType, Unit
from tests.builders import an_array_schema, an_artifact_schema


def test_scalars_are_values_and_everything_else_is_a_figure() -> None:
    schema = an_artifact_schema(
        an_array_schema("bpm", axes=(), drawing=Drawing.VALUE),
        an_array_schema("curve"),
    )
    assert [array.name for array in plan.values(schema)] == ["bpm"]
    assert [(group.drawing, group.arrays[0].name) for group in plan.groups(schema)] == [
        (Drawing.LINE, "curve")
    ]


def test_bands_of_one_axis_and_unit_share_a_figure() -> None:
    band = {"drawing": Drawing.BANDS, "unit": Unit.SHARE}
    schema = an_artifact_schema(
        an_array_schema("low", **band),
        an_array_schema("level", drawing=Drawing.BANDS, unit=Unit.DB),
        an_array_schema("high", **band),
        an_array_schema("chroma", axes=("frame", "12"), **band),
    )
    names = [[array.name for array in group.arrays] for group in plan.groups(schema)]
    assert names == [["low", "high"], ["level"], ["chroma"]]


def test_tables_of_one_axis_stand_side_by_side() -> None:
    schema = an_artifact_schema(
        an_array_schema("phrase", axes=("row",), dtype=DType.TEXT, drawing=Drawing.TABLE),
        an_array_schema("score", axes=("row",), drawing=Drawing.TABLE),
        an_array_schema("other", axes=("else",), drawing=Drawing.TABLE),
    )
    names = [[array.name for array in group.arrays] for group in plan.groups(schema)]
    assert names == [["phrase", "score"], ["other"]]


def test_hidden_arrays_are_not_drawn_and_places_are_not_listed_twice() -> None:
    schema = an_artifact_schema(
        an_array_schema("times_s", drawing=Drawing.HIDDEN),
        an_array_schema("curve", along="times_s"),
        an_array_schema("raw", drawing=Drawing.HIDDEN),
    )
    assert [group.arrays[0].name for group in plan.groups(schema)] == ["curve"]
    assert [array.name for array in plan.hidden(schema)] == ["raw"]
