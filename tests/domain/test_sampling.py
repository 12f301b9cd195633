"""Sampling keeps to budgets, order and uniqueness for every video that is allowed (R-402)."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.component import FrameBudget
from domain.sampling import (
    SamplingPlan,
    curve,
    frame_count,
    plan,
    sound_windows,
    spread,
    time_of,
    wanted,
)

RATES_HZ = st.one_of(
    st.sampled_from([24000 / 1001, 24, 25, 30000 / 1001, 30, 50, 60, 120, 240]),
    st.floats(0.5, 1000),
)
BUDGETS = st.tuples(*[st.integers(1, 3000)] * 3).map(lambda b: FrameBudget(*sorted(b)))


@st.composite
def durations_s(draw: st.DrawFn) -> float:
    """From 5 s to 20 min, as whole frames of any frame rate give them, or anything between."""
    rate_hz = draw(RATES_HZ)
    pictures = draw(st.integers(round(5 * rate_hz), round(1200 * rate_hz)))
    return max(5.0, min(1200.0 + 1 / 12, pictures / rate_hz))


@given(durations_s(), st.dictionaries(st.sampled_from("abcd"), BUDGETS, min_size=1))
def test_every_budget_is_kept_in_order_and_without_repetition(
    duration_s: float, budgets: dict[str, FrameBudget]
) -> None:
    count = frame_count(duration_s)
    made = plan(count, budgets, budgets)
    for chosen in (made.frames, made.detail):
        for name, budget in budgets.items():
            indices = chosen[name]
            assert min(count, budget.minimum) <= len(indices) <= budget.maximum
            assert all(0 <= index < count for index in indices)
            assert all(before < after for before, after in pairwise(indices))
    assert set(made.union) == {index for indices in made.frames.values() for index in indices}
    assert list(made.union) == sorted(set(made.union))
    assert made.detail_union == made.union


@given(st.integers(1, 15_000), st.data())
def test_frames_are_spread_evenly(count: int, data: st.DataObject) -> None:
    amount = data.draw(st.integers(1, count))
    indices = spread(count, amount)
    assert len(indices) == amount
    gaps = {after - before for before, after in pairwise(indices)}
    assert not gaps or max(gaps) - min(gaps) <= 1
    assert indices[0] <= count / amount
    assert count - 1 - indices[-1] <= count / amount


@pytest.mark.parametrize(("count", "amount"), [(5, 0), (5, 6), (5, -1), (0, 0)])
def test_what_is_not_there_cannot_be_taken(count: int, amount: int) -> None:
    with pytest.raises(ValueError, match="cannot take"):
        spread(count, amount)


def test_known_indices() -> None:
    assert spread(12, 3) == (2, 6, 10)
    assert spread(5, 5) == (0, 1, 2, 3, 4)
    assert spread(7, 1) == (3,)


@given(BUDGETS, st.floats(0.1, 1300), st.floats(0.1, 1300))
def test_a_longer_video_never_gets_less(budget: FrameBudget, one_s: float, other_s: float) -> None:
    short_s, long_s = sorted((one_s, other_s))
    assert curve(short_s, budget) <= curve(long_s, budget)


@given(BUDGETS)
def test_the_curve_meets_its_target_at_a_minute_and_its_maximum_at_twenty(
    budget: FrameBudget,
) -> None:
    assert curve(60.0, budget) == budget.target
    assert curve(1200.0, budget) == budget.maximum
    assert budget.minimum <= curve(5.0, budget) <= budget.target


@given(BUDGETS, st.integers(1, 14_400))
def test_never_more_is_wanted_than_there_is(budget: FrameBudget, count: int) -> None:
    assert 1 <= wanted(count, budget) <= count


@pytest.mark.parametrize(
    ("duration_s", "frames"),
    [(5.0, 60), (10.0, 120), (1200.0, 14_400), (0.01, 1), (5.04, 60), (5.05, 61)],
)
def test_the_timeline_has_twelve_frames_a_second(duration_s: float, frames: int) -> None:
    """R-401."""
    assert frame_count(duration_s) == frames


@given(st.integers(0, 14_400))
def test_frames_and_moments_agree(index: int) -> None:
    assert time_of(index) == index / 12
    assert frame_count(time_of(index + 1)) == index + 1


@given(durations_s(), BUDGETS, st.floats(0.05, 60))
@example(397.29889830581664, FrameBudget(2, 50, 300), 27.181860325538736)
def test_sound_windows_are_equal_in_order_and_inside(
    duration_s: float, budget: FrameBudget, window_s: float
) -> None:
    windows = sound_windows(duration_s, window_s=window_s, budget=budget)
    assert 1 <= len(windows) <= budget.maximum
    assert windows[0][0] == 0
    assert all(before[1] <= after[0] + 1e-9 for before, after in pairwise(windows))
    length_s = min(window_s, duration_s)
    assert all(end - start == pytest.approx(length_s) for start, end in windows)
    assert all(end <= duration_s for _, end in windows)
    if len(windows) > 1:
        assert windows[-1][1] == pytest.approx(duration_s)


def test_a_plan_is_cut_to_what_was_decoded() -> None:
    made = SamplingPlan(10, {"a": (1, 5, 9)}, {"b": (0, 9)})
    cut = made.limited(9)
    assert cut == SamplingPlan(9, {"a": (1, 5)}, {"b": (0,)})
    assert made.limited(20) == made
