"""Numbers: tables print what was stored, people read what was meant."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.html import numbers
from adapters.html.language import Texts
from domain.schema import Unit


@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False))
def test_a_printed_fraction_is_the_stored_one_to_a_millionth(value: float) -> None:
    assert float(numbers.cell(value)) == pytest.approx(value, rel=1e-6, abs=0)


@given(st.integers(-(2**63), 2**63 - 1))
def test_whole_numbers_are_printed_exactly(value: int) -> None:
    assert int(numbers.cell(value)) == value


def test_what_is_no_number_is_still_told() -> None:
    assert [numbers.cell(math.nan), numbers.cell(-math.inf)] == ["—", "-∞"]
    assert [numbers.cell(True), numbers.cell("C#")] == ["true", "C#"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-14.23, "−14.2"),
        (120.03, "120"),
        (0.00012345, "0.000123"),
        (7.4, "7.4"),
        (-1.25e-5, "−1.25·10⁻⁵"),
        (0.00149, "0.00149"),
        (0.0, "0"),
        (-0.0, "0"),
        (1_234_567.0, "1\u202f234\u202f567"),
        (math.nan, "—"),
        (-math.inf, "−∞"),
        (100.0, "100"),
    ],
)
def test_numbers_are_read_to_three_digits_without_idle_zeros(value: float, words: str) -> None:
    assert numbers.rounded(value, comma=False) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0:00"), (63, "1:03"), (59.6, "1:00"), (1200, "20:00"), (3_661, "1:01:01")],
)
def test_moments_are_minutes_and_seconds(seconds: float, words: str) -> None:
    assert numbers.clock(seconds) == words


def test_moments_of_frames_tell_tenths() -> None:
    assert numbers.clock(62.25, decimals=1) == "1:02.2"
    assert numbers.clock(59.96, decimals=1) == "1:00.0"


def test_quantities_speak_the_language() -> None:
    assert Texts("en").quantity(-14.23, Unit.LUFS) == "−14.2\u00a0LUFS"
    assert Texts("ru").quantity(0.5, Unit.SHARE) == "50 %"
    assert Texts("ru").quantity(1.5, Unit.SECONDS) == "1,5\u00a0с"
