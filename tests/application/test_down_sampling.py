"""Thinning a line keeps what stands out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from application.down_sampling import kept


def test_few_points_all_stay() -> None:
    assert kept(np.arange(10.0), points_max=10).tolist() == list(range(10))


def test_a_single_spike_in_an_hour_survives() -> None:
    line = np.zeros(36_000)
    line[12_345], line[20_000] = 1.0, -1.0
    stay = kept(line, points_max=100)
    assert {0, 12_345, 20_000, 35_999} <= set(stay.tolist())
    assert len(stay) <= 100


def test_a_gap_stays_a_gap() -> None:
    line = np.sin(np.arange(10_000) / 50)
    line[4_000:6_000] = np.nan
    stay = kept(line, points_max=100)
    assert np.isnan(line[stay]).any()
    assert np.isfinite(line[stay]).sum() > 70


@given(
    arrays(
        np.float64, st.tuples(st.integers(1, 400), st.integers(1, 3)), elements=st.floats(-9, 9)
    ),
    st.integers(10, 60),
)
def test_the_extremes_of_every_column_are_there(
    values: np.ndarray[tuple[int, int], np.dtype[np.float64]], points_max: int
) -> None:
    stay = kept(values, points_max=points_max)
    assert stay.tolist() == sorted(set(stay.tolist()))
    assert {0, len(values) - 1} <= set(stay.tolist())
    assert len(stay) <= max(points_max, 2 + 2 * values.shape[1])
    assert values[stay].max(axis=0).tolist() == values.max(axis=0).tolist()
    assert values[stay].min(axis=0).tolist() == values.min(axis=0).tolist()


@pytest.mark.parametrize("points_max", [10, 99, 1000])
def test_thinning_is_the_same_each_time(points_max: int) -> None:
    noise = np.random.default_rng(7).normal(size=5_000)
    first, second = (kept(noise, points_max=points_max) for _ in range(2))
    assert first.tolist() == second.tolist()
