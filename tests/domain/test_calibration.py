"""Cost models are fitted to what runs took, and their error is told honestly (R-606)."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calibration import calibrate, error, fit, median_error
from domain.effort import CostModel
from domain.identity import RunId
from tests.builders import a_timing, an_identity

LINE = CostModel(2.0, 0.1)
UNITS = [10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 640.0, 1280.0, 2560.0, 5120.0]
EXACT = [(units, LINE.seconds(units)) for units in UNITS]


def test_a_line_is_found_again() -> None:
    found = fit(EXACT)
    assert [found.a_s, found.b_s_per_unit] == pytest.approx([2.0, 0.1])
    assert found.p90_factor == pytest.approx(1.0)


def test_one_run_on_a_busy_machine_does_not_bend_the_line() -> None:
    """A least-squares line through the same points misses by a third and more."""
    points = [*EXACT[:-1], (5120.0, 10 * LINE.seconds(5120.0))]
    found = fit(points)
    assert [found.a_s, found.b_s_per_unit] == pytest.approx([2.0, 0.1], rel=0.1)


@given(st.floats(0, 10), st.floats(0.001, 10), st.integers(0, 99))
def test_any_line_is_found_under_noise_of_a_tenth(base_s: float, slope: float, seed: int) -> None:
    truth, noise = CostModel(base_s, slope), random.Random(seed)
    points = [(u, truth.seconds(u) * noise.uniform(0.9, 1.1)) for u in UNITS * 4]
    found = fit(points)
    assert found.seconds(5000.0) == pytest.approx(truth.seconds(5000.0), rel=0.1)
    assert median_error(found, points) < 0.15


def test_nine_of_ten_lie_under_the_factor() -> None:
    """With 99 points whose ratios are 0.51, 0.52 ... 1.49, the 90th of them stands for p90."""
    ratios = [0.51 + 0.01 * number for number in range(99)]
    points = [(100.0 * (1 + number % 7), 0.0) for number in range(99)]
    spread = [(units, units * ratio) for (units, _), ratio in zip(points, ratios, strict=True)]
    found = fit(spread)
    under = sum(seconds <= found.seconds_p90(units) + 1e-9 for units, seconds in spread)
    assert under == 90


def test_neither_part_of_a_line_is_below_zero() -> None:
    falling = [(units, 10.0 - units / 1000) for units in UNITS]
    assert fit(falling).b_s_per_unit == 0
    steep = [(units, max(0.001, 0.1 * units - 1.0)) for units in UNITS]
    assert fit(steep).a_s == 0


def test_where_all_videos_are_alike_the_old_line_is_scaled() -> None:
    """Its slope cannot be told from them, and a constant would be wrong for any other length."""
    alike = [(100.0 + number, 3.0 * LINE.seconds(100.0 + number)) for number in range(10)]
    found = fit(alike, old=LINE)
    assert [found.a_s, found.b_s_per_unit] == pytest.approx([6.0, 0.3])
    follows = fit(alike)
    assert [follows.a_s, follows.b_s_per_unit] == pytest.approx([0, 3 * 0.1191], rel=0.01)
    assert fit([(40.0, 1.0 + number / 10) for number in range(3)]) == CostModel(1.1, 0.0, 1.2 / 1.1)


def test_gpu_seconds_that_nobody_measured_stay() -> None:
    old = CostModel(1.0, 1.0, gpu_a_s=0.5, gpu_b_s_per_unit=0.25)
    found = fit(EXACT, old=old)
    assert (found.gpu_a_s, found.gpu_b_s_per_unit) == (0.5, 0.25)


def test_times_below_a_millisecond_are_one() -> None:
    nothing = fit([(units, 0.0) for units in UNITS])
    assert nothing == CostModel(0.001, 0.0)
    assert error(nothing, 10.0, 0.0) == 0


def test_nothing_can_be_fitted_to_nothing() -> None:
    with pytest.raises(ValueError, match="nothing"):
        fit([])


def test_the_new_error_is_that_of_runs_it_was_not_fitted_to() -> None:
    """Pure noise fits itself better than it foretells anything: the error told is the larger."""
    noise = random.Random(4)
    run_ids = [RunId(an_identity().run_id) for _ in range(10)]
    timings = [
        a_timing(run_id, "tempo", units=noise.uniform(1, 100), seconds=noise.uniform(0.1, 9))
        for run_id in run_ids
    ]
    (found,) = calibrate(timings, {"tempo": LINE}, runs_min=10)
    assert found.new is not None
    assert found.new_error is not None
    points = [(each.units, each.seconds) for each in timings]
    assert found.new_error > 1.05 * median_error(found.new, points)


def test_what_is_in_the_catalogue_no_more_is_left_out() -> None:
    timings = [a_timing(RunId(an_identity().run_id), "gone")]
    (found,) = calibrate(timings, {"tempo": LINE})
    assert (found.component, found.runs) == ("tempo", 0)
