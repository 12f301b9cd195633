"""Shares of time told by sampled frames add up, wherever the frames and the cuts between stand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.visual.sampled_time import edges_of, share_of_time

moments = st.lists(st.floats(0, 1000), min_size=1, max_size=40, unique=True).map(sorted)


def test_each_frame_stands_for_the_time_to_the_middles_between_it_and_its_neighbours() -> None:
    edges_s = edges_of(np.array([1.0, 2.0, 6.0]), 10.0)

    assert edges_s.tolist() == [0.0, 1.5, 4.0, 10.0]
    seen = np.array([True, False, True])
    assert share_of_time(seen, edges_s) == pytest.approx(0.75)
    assert share_of_time(seen, edges_s, end_s=3.0) == pytest.approx(0.5)
    assert share_of_time(seen, edges_s, start_s=4.0, end_s=5.0) == 1.0
    assert share_of_time(seen, edges_s, start_s=5.0, end_s=5.0) == 0.0


@given(times_s=moments, more_s=st.floats(0.1, 100), data=st.data())
def test_what_is_seen_and_what_is_not_make_up_the_whole(
    times_s: list[float], more_s: float, data: st.DataObject
) -> None:
    duration_s = times_s[-1] + more_s
    edges_s = edges_of(np.array(times_s), duration_s)
    count = len(times_s)
    seen = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    cut_s = data.draw(st.floats(0.05 * duration_s, 0.95 * duration_s))

    whole = share_of_time(seen, edges_s)
    assert whole + share_of_time(~seen, edges_s) == pytest.approx(1.0)
    before = share_of_time(seen, edges_s, end_s=cut_s) * cut_s
    after = share_of_time(seen, edges_s, start_s=cut_s) * (duration_s - cut_s)
    assert (before + after) / duration_s == pytest.approx(whole)
