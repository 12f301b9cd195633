"""Pace of cuts whose times were made."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.visual.pacing import COMPONENT
from application.ports.components import Arrays, Inputs
from domain.video import Metadata
from tests.components.inputs import a_timeline, measured


def found(cuts_s: list[float], *, duration_s: float = 60.0, opening_motion: float = 1.0) -> Arrays:
    line = a_timeline(duration_s=duration_s)
    ends = [0.0, *sorted(cuts_s), duration_s]
    bounds = np.array(list(pairwise(ends)))
    magnitude = np.where(line.times_s < min(10.0, duration_s / 2), opening_motion, 1.0)
    inputs = Inputs(
        timeline=line,
        metadata=Metadata(),
        artifacts={
            "shots": {"cut_times_s": np.array(sorted(cuts_s)), "shot_bounds_s": bounds},
            "motion": {"magnitude": magnitude, "times_s": line.times_s},
        },
    )
    return measured(COMPONENT, inputs).arrays


def test_even_cuts_have_even_figures() -> None:
    arrays = found([float(s) for s in range(2, 60, 2)])
    assert float(arrays["mean_shot_s"]) == pytest.approx(2.0)
    assert float(arrays["median_shot_s"]) == pytest.approx(2.0)
    assert float(arrays["cuts_per_minute"]) == pytest.approx(29.0)
    assert int(arrays["shot_count"]) == 30
    np.testing.assert_allclose(arrays["cuts_per_10s"][10:-10], 5.0)
    assert len(arrays["burst_bounds_s"]) == 0


def test_a_video_without_cuts_is_one_shot() -> None:
    arrays = found([])
    assert float(arrays["mean_shot_s"]) == 60.0
    assert float(arrays["cuts_per_minute"]) == 0.0
    assert float(arrays["trend"]) == 0.0
    np.testing.assert_array_equal(arrays["shot_lengths_s"], [60.0])


@pytest.mark.parametrize(
    ("cuts_s", "trend"), [([1.0, 2.0, 3.0], -1.0), ([50.0, 55.0], 1.0), ([10.0, 50.0], 0.0)]
)
def test_the_trend_tells_where_the_cuts_are(cuts_s: list[float], trend: float) -> None:
    assert float(found(cuts_s)["trend"]) == trend


def test_the_opening_is_compared_with_the_rest() -> None:
    arrays = found([1.0, 2.0, 3.0, 4.0, 5.0, 40.0], opening_motion=3.0)
    assert float(arrays["opening_cuts_per_minute"]) == pytest.approx(30.0)
    assert float(arrays["rest_cuts_per_minute"]) == pytest.approx(1.2)
    assert float(arrays["opening_motion_ratio"]) == pytest.approx(3.0)


def test_a_burst_is_four_cuts_within_a_second_each() -> None:
    arrays = found([5.0, 20.0, 20.5, 21.0, 21.5, 22.0, 40.0, 40.5, 41.0])
    np.testing.assert_allclose(arrays["burst_bounds_s"], [[20.0, 22.0]])


def test_where_the_rest_stands_still_motion_is_not_compared() -> None:
    line = a_timeline(duration_s=20.0)
    still = {"magnitude": np.zeros(line.frame_count), "times_s": line.times_s}
    shots = {"cut_times_s": np.zeros(0), "shot_bounds_s": np.array([[0.0, 20.0]])}
    inputs = Inputs(timeline=line, metadata=Metadata(), artifacts={"shots": shots, "motion": still})
    assert not measured(COMPONENT, inputs).arrays["motion_known"]


@given(
    cuts_s=st.lists(st.floats(0.1, 4.8), unique=True, max_size=40),
    scale=st.floats(1.0, 240.0),
)
def test_shots_fill_the_video_whatever_the_cuts(cuts_s: list[float], scale: float) -> None:
    arrays = found([cut * scale for cut in cuts_s], duration_s=5.0 * scale)
    assert arrays["shot_lengths_s"].sum() == pytest.approx(5.0 * scale)
    assert int(arrays["shot_count"]) == len(cuts_s) + 1
    assert -1.0 <= float(arrays["trend"]) <= 1.0
