"""Where speech is cut: all of it is heard once, in pieces that fit, and between words."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.audio.speech_cuts import LENGTH_S_MAX, cuts

bounds = st.lists(st.floats(0.25, 70), max_size=12).map(
    lambda lengths: np.cumsum(lengths)[: len(lengths) // 2 * 2].reshape(-1, 2)
)


@settings(max_examples=60)
@given(
    spoken_s=bounds,
    seed=st.integers(0, 99),
    longest_s=st.sampled_from([LENGTH_S_MAX, 10.0]),
)
def test_cuts_hold_all_speech_once_in_pieces_that_fit(
    spoken_s: NDArray[np.float64], seed: int, longest_s: float
) -> None:
    duration_s = float(spoken_s.max(initial=0)) + 0.1
    times_s = np.arange(0.016, duration_s, 0.032)
    probability = np.random.default_rng(seed).random(len(times_s)).astype(np.float32)
    found = cuts(spoken_s, times_s, probability, duration_s=duration_s, longest_s=longest_s)
    assert (found[:, 1] - found[:, 0] <= longest_s + 0.401).all()
    for (_, stop), (start, _) in pairwise(found):
        assert start >= stop - 1e-9
    for start_s, end_s in spoken_s:
        inside = np.minimum(found[:, 1], end_s) - np.maximum(found[:, 0], start_s)
        assert inside.clip(0).sum() == pytest.approx(end_s - start_s)
    assert found.min(initial=0) >= 0
    assert found.max(initial=0) <= duration_s


def test_speech_without_a_pause_is_cut_where_it_is_least_sure() -> None:
    times_s = np.arange(0.016, 40, 0.032)
    probability = np.ones(len(times_s), np.float32)
    probability[np.abs(times_s - 17).argmin()] = 0.4
    found = cuts(np.array([[0.0, 40.0]]), times_s, probability, duration_s=40.0)
    np.testing.assert_allclose(found, [[0, 17], [17, 40]], atol=0.02)
