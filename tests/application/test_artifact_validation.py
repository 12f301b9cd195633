"""What a component measured must be what its schema promises, and can be true (R-306)."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from application.artifact_validation import constant_suspect, validate
from application.errors import InvalidMeasurement
from domain.schema import ArraySchema, Drawing, DType
from tests.builders import an_array_schema, an_artifact_schema

NAN, INF = np.nan, np.inf
MASK = an_array_schema("known", dtype=DType.BOOL, drawing=Drawing.HIDDEN)
MASKED = an_array_schema(presence="known")
SCALAR: dict[str, Any] = {"axes": (), "drawing": Drawing.VALUE}


def refusal(arrays: dict[str, Any], *listed: ArraySchema) -> tuple[str, str] | None:
    """The code and the array that are refused; None when nothing is."""
    try:
        validate({n: np.asarray(a) for n, a in arrays.items()}, an_artifact_schema(*listed))
    except InvalidMeasurement as told:
        return told.code, told.array
    return None


def test_arrays_as_promised_pass() -> None:
    listed = (
        an_array_schema("times_s"),
        an_array_schema("level", dtype=DType.FLOAT32, low=-70.0, high=5.0, presence="known"),
        MASK,
        an_array_schema("flow", axes=("frame", "2")),
        an_array_schema("count", dtype=DType.INT64, **SCALAR),
        an_array_schema("grey", dtype=DType.UINT8, axes=("3", "4")),
        an_array_schema("kinds", dtype=DType.TEXT, axes=("cut",), choices=("cut", "fade")),
        an_array_schema("key", dtype=DType.TEXT, **SCALAR),
        an_array_schema("share", low=0.0, high=1.0, **SCALAR),
    )
    arrays = {
        "times_s": np.arange(3.0),
        "level": np.array([-70, NAN, 5], dtype=np.float32),
        "known": np.array([True, False, True]),
        "flow": np.zeros((3, 2)),
        "count": np.array(7),
        "grey": np.zeros((3, 4), dtype=np.uint8),
        "kinds": np.array(["cut", "fade", "cut", "cut"]),
        "key": np.array("до минор"),
        "share": np.array(1.0),
    }
    assert refusal(arrays, *listed) is None


@pytest.mark.parametrize("dtype", list(DType))
def test_an_array_of_no_length_passes(dtype: DType) -> None:
    kind = "<U1" if dtype is DType.TEXT else str(dtype)
    listed = an_array_schema(dtype=dtype, low=0.0, high=1.0, choices=("a",))
    assert refusal({"values": np.zeros(0, dtype=kind)}, listed) is None


@pytest.mark.parametrize(
    ("array", "listed"),
    [
        (np.zeros(3, dtype=np.float32), an_array_schema()),
        (np.zeros(3, dtype=">f8"), an_array_schema()),
        (np.zeros(3), an_array_schema(dtype=DType.INT64)),
        (np.zeros(3, dtype=np.int32), an_array_schema(dtype=DType.INT64)),
        (np.zeros(3), an_array_schema(dtype=DType.TEXT)),
        (np.array([b"x"]), an_array_schema(dtype=DType.TEXT)),
        (np.array(["x"], dtype=object), an_array_schema(dtype=DType.TEXT)),
        (np.array(0.0), an_array_schema()),
        (np.zeros((3, 1)), an_array_schema()),
        (np.zeros(1), an_array_schema(**SCALAR)),
        (np.zeros((3, 3)), an_array_schema(axes=("frame", "2"))),
        (np.array(["dissolve"]), an_array_schema(dtype=DType.TEXT, choices=("cut", "fade"))),
    ],
)
def test_another_form_is_a_mismatch(array: NDArray[Any], listed: ArraySchema) -> None:
    assert refusal({"values": array}, listed) == ("schema_mismatch", "values")


def test_a_refusal_names_the_array_and_says_why() -> None:
    with pytest.raises(InvalidMeasurement, match=r"^values: has 2 axes, not 1$"):
        validate({"values": np.zeros((1, 1))}, an_artifact_schema())


def test_arrays_missing_or_extra_are_a_mismatch() -> None:
    assert refusal({}) == ("schema_mismatch", "values")
    assert refusal({"values": np.zeros(2), "more": 1}) == ("schema_mismatch", "more")


def test_one_axis_has_one_length() -> None:
    listed = (an_array_schema("times_s"), an_array_schema())
    assert refusal({"times_s": np.zeros(3), "values": np.zeros(3)}, *listed) is None
    arrays = {"times_s": np.zeros(3), "values": np.zeros(4)}
    assert refusal(arrays, *listed) == ("schema_mismatch", "values")


@pytest.mark.parametrize("beyond", [[-0.1, 0.5], [0.5, 1.1], [0.5, INF], [-INF, 0.5]])
def test_a_value_beyond_its_bounds_is_out_of_range(beyond: list[float]) -> None:
    listed = an_array_schema(low=0.0, high=1.0)
    assert refusal({"values": beyond}, listed) == ("out_of_range", "values")
    assert refusal({"values": [0.0, NAN, 1.0]}, listed) is None


@pytest.mark.parametrize("kind", [DType.INT64, DType.UINT8])
def test_whole_numbers_have_bounds_too(kind: DType) -> None:
    listed = an_array_schema(dtype=kind, low=1.0, high=9.0)
    for values, code in (([1, 9], None), ([0, 5], "out_of_range"), ([5, 10], "out_of_range")):
        found = refusal({"values": np.array(values, dtype=str(kind))}, listed)
        assert (found and found[0]) == code


def test_a_value_without_bounds_may_be_anything_but_infinite() -> None:
    assert refusal({"values": [-1e300, 1e300]}) is None
    assert refusal({"values": [0.0, INF]}) == ("out_of_range", "values")


@given(missing=st.integers(0, 40), present=st.integers(0, 40))
def test_more_missing_than_measured_is_no_result(missing: int, present: int) -> None:
    found = refusal({"values": [NAN] * missing + [1.0] * present})
    assert found == (("mostly_missing", "values") if missing > present else None)


@pytest.mark.parametrize("present", [0, 1, 9])
def test_what_the_mask_declares_missing_does_not_count(present: int) -> None:
    known = np.arange(10) < present
    values = np.where(known, 1.0, NAN)
    assert refusal({"values": values, "known": known}, MASKED, MASK) is None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([1.0, NAN, NAN, 1.0], "schema_mismatch"),  # missing though said present
        ([1.0, 2.0, 1.0, 2.0], "schema_mismatch"),  # measured though said missing
        ([NAN, NAN, NAN, 1.0], "mostly_missing"),
    ],
)
def test_the_mask_must_tell_exactly_what_is_missing(values: list[float], code: str) -> None:
    known = np.array([True, False, True, True])
    assert refusal({"values": values, "known": known}, MASKED, MASK) == (code, "values")


def test_a_mask_on_whole_numbers_says_nothing_about_nan() -> None:
    listed = an_array_schema(dtype=DType.INT64, presence="known")
    assert refusal({"values": [1, 0], "known": [True, False]}, listed, MASK) is None


def test_scalars_are_counted_together() -> None:
    names = ("a", "b", "c")
    listed = [an_array_schema(name, **SCALAR) for name in names]
    some = dict.fromkeys(names, 1.0)
    assert refusal({**some, "a": NAN}, *listed) is None
    assert refusal({**some, "b": NAN, "c": NAN}, *listed) == ("mostly_missing", "b")


def test_a_scalar_whose_mask_says_missing_is_fine() -> None:
    listed = (
        an_array_schema("bpm", presence="known", **SCALAR),
        an_array_schema("known", dtype=DType.BOOL, **SCALAR),
    )
    assert refusal({"bpm": NAN, "known": False}, *listed) is None
    assert refusal({"bpm": NAN, "known": True}, *listed) == ("mostly_missing", "bpm")


def suspected(values: Any, *, input_varies: bool = True, **details: Any) -> bool:
    arrays = {"values": np.asarray(values)}
    try:
        constant_suspect(
            arrays, an_artifact_schema(an_array_schema(**details)), input_varies=input_varies
        )
    except InvalidMeasurement as told:
        return (told.code, told.array) == ("constant_output", "values")
    return False


def test_a_long_level_line_is_suspected_while_its_input_varies() -> None:
    level = np.full(24, 0.25)
    assert suspected(level)
    assert suspected([NAN, *level])
    assert suspected(np.full((12, 2), 3), axes=("frame", "2"), dtype=DType.INT64)


def test_what_may_rightly_be_level_is_not_suspected() -> None:
    level = np.full(24, 0.25)
    moved = level.copy()
    moved[7] = np.nextafter(0.25, 1)
    assert not suspected(moved)
    assert not suspected(level, input_varies=False)
    assert not suspected(level, may_be_constant=True)
    assert not suspected(level, drawing=Drawing.HISTOGRAM)
    assert not suspected(level[1:])
    assert not suspected([NAN] * 30)
