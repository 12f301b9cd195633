"""Artifacts as JSON values and as readable text, in both languages."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays_of
from numpy.typing import NDArray

from application.presentation import Language, as_json, as_text, unit_name
from domain.schema import Drawing, DType, Label, Unit
from tests.builders import an_array_schema, an_artifact_schema

SCALAR: dict[str, Any] = {"axes": (), "drawing": Drawing.VALUE}
SHAPES = arrays_of.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)


def test_every_type_becomes_its_json_value() -> None:
    arrays = {
        "line": np.array([0.5, np.nan, np.inf, -np.inf]),
        "bands": np.array([[1, 2], [np.nan, 4]], dtype=np.float32),
        "scalar": np.array(1.5),
        "missing": np.array(np.nan),
        "count": np.array(3),
        "grey": np.array([7], dtype=np.uint8),
        "known": np.array([True, False]),
        "key": np.array("C♯"),
        "kinds": np.array(["cut", "fade"]),
        "nothing": np.zeros((0, 2)),
    }
    expected = {
        "line": [0.5, None, None, None],
        "bands": [[1.0, 2.0], [None, 4.0]],
        "scalar": 1.5,
        "missing": None,
        "count": 3,
        "grey": [7],
        "known": [True, False],
        "key": "C♯",
        "kinds": ["cut", "fade"],
        "nothing": [],
    }
    assert as_json(arrays) == expected
    assert json.loads(json.dumps(as_json(arrays), allow_nan=False)) == expected


@given(st.sampled_from(["<f8", "<f4"]).flatmap(lambda t: arrays_of.arrays(t, SHAPES)))
def test_numbers_are_equal_to_the_array_bit_for_bit(array: NDArray[np.floating]) -> None:
    """The report's tables and `show` print what the NPZ holds, not something near it."""
    text = json.dumps(as_json({"x": array})["x"], allow_nan=False)
    back = np.array(json.loads(text), dtype=np.float64).reshape(array.shape)
    expected = np.where(np.isfinite(array), array, np.nan).astype(np.float64)
    assert np.array_equal(back, expected, equal_nan=True)


SCHEMA = an_artifact_schema(
    an_array_schema("bpm", unit=Unit.BPM, label=Label("Tempo", "Темп"), **SCALAR),
    an_array_schema("key", dtype=DType.TEXT, label=Label("Key", "Тональность"), **SCALAR),
    an_array_schema("steady", dtype=DType.BOOL, label=Label("Steady", "Ровный"), **SCALAR),
    an_array_schema("beats", unit=Unit.SECONDS, axes=("beat",), label=Label("Beats", "Доли")),
    an_array_schema("level", unit=Unit.DB, label=Label("Level", "Уровень"), presence="known"),
    an_array_schema("known", dtype=DType.BOOL, drawing=Drawing.HIDDEN),
    an_array_schema("kinds", dtype=DType.TEXT, label=Label("Kinds", "Виды")),
    an_array_schema("flow", axes=("frame", "2"), label=Label("Flow", "Поток")),
    an_array_schema("none", axes=("cut",), label=Label("Cuts", "Склейки")),
)
ARRAYS = {
    "bpm": np.array(120.0),
    "key": np.array("C"),
    "steady": np.array(True),
    "beats": np.array([0.5, 1.25, np.nan]),
    "level": np.where(np.arange(10) < 8, -np.arange(10.0), np.nan),
    "known": np.arange(10) < 8,
    "kinds": np.array(["cut"] * 7 + ["fade"] * 3),
    "flow": np.full((10, 2), 0.123456),
    "none": np.zeros(0),
}
ENGLISH = """\
Loudness. How loud it is.
  Tempo: 120 BPM
  Key: "C"
  Steady: yes
  Beats: 0.5 s, 1.25 s, missing
  Level: [10] first 0 dB, last -7 dB, min -7 dB, mean -3.5 dB, max 0 dB, missing: 2
  Kinds: [10] "cut" (7 times), "fade" (3 times)
  Flow: [10 × 2] first 0.1235, last 0.1235, min 0.1235, mean 0.1235, max 0.1235
  Cuts: none"""
RUSSIAN = """\
Громкость. Насколько громко.
  Темп: 120 уд/мин
  Тональность: «C»
  Ровный: да
  Доли: 0.5 с, 1.25 с, нет данных
  Уровень: [10] первое 0 дБ, последнее -7 дБ, мин. -7 дБ, среднее -3.5 дБ, макс. 0 дБ, нет данных: 2
  Виды: [10] «cut» (7 раз), «fade» (3 раз)
  Поток: [10 × 2] первое 0.1235, последнее 0.1235, мин. 0.1235, среднее 0.1235, макс. 0.1235
  Склейки: пусто"""


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("ru", RUSSIAN)])
def test_an_artifact_reads_as_text(language: Language, text: str) -> None:
    assert as_text(ARRAYS, SCHEMA, language=language) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0, "0"),
        (44_100.0, "44100"),
        (12_345.678, "12350"),
        (1_234_567.8, "1234568"),
        (-0.00012346, "-0.0001235"),
        (2.0**40, "1099511627776"),
        (float("inf"), "missing"),
    ],
)
def test_numbers_have_four_digits_that_matter(value: float, written: str) -> None:
    schema = an_artifact_schema(an_array_schema(**SCALAR))
    line = as_text({"values": np.array(value)}, schema, language="en").splitlines()[1]
    assert line == f"  Values: {written}"


def test_a_long_list_of_different_words_is_cut_short() -> None:
    words = np.array([f"w{i:02}" for i in range(30)])
    schema = an_artifact_schema(an_array_schema(dtype=DType.TEXT))
    line = as_text({"values": words}, schema, language="en")
    assert line.endswith('"w07" (1 times), …')


def test_a_long_line_without_a_number_says_so() -> None:
    schema = an_artifact_schema(an_array_schema())
    line = as_text({"values": np.full(30, np.nan)}, schema, language="en")
    assert line.endswith("[30] missing: 30")


@pytest.mark.parametrize("unit", list(Unit))
def test_every_unit_has_a_russian_name_where_it_is_a_word(unit: Unit) -> None:
    shared = {Unit.NONE, Unit.LUFS, Unit.LU, Unit.DBTP, Unit.DEGREES, Unit.DEGREES_PER_SECOND}
    name = unit_name(unit, "ru")
    assert unit in shared or not any("a" <= c.lower() <= "z" for c in name)
    assert unit_name(unit, "en") == str(unit)
