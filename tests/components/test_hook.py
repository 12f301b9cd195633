"""hook against openings made to differ from the rest by known amounts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.components.visual.hook import COMPONENT
from application.ports.components import Arrays
from domain.component import EmptyReason
from tests.components.clips import OpenClip
from tests.components.dependencies import (
    Over,
    clip_inputs,
    computed_inputs,
    level,
    loudness_over,
    motion_over,
    shots_with,
    stepped,
)
from tests.components.inputs import measured


def arrays_of(
    duration_s: float,
    *,
    magnitude: Over | None = None,
    cuts_s: list[float] | None = None,
    lufs: Over | None = None,
) -> Arrays:
    artifacts = {
        "motion": motion_over(duration_s, magnitude or level(0.2)),
        "shots": shots_with(duration_s, cuts_s or []),
    }
    if lufs is not None:
        artifacts["loudness"] = loudness_over(duration_s, lufs)
    found = measured(COMPONENT, computed_inputs(COMPONENT, duration_s, artifacts))
    assert found.empty_reason is None
    return found.arrays


def test_an_opening_twice_as_fast_has_a_ratio_of_two() -> None:
    found = arrays_of(60, magnitude=stepped(0.2, 0.4, start_s=0, end_s=3))

    assert found["motion_ratio"][0] == pytest.approx(2.0, rel=0.01)
    # Five seconds hold three fast ones and two slow: (3 * 0.4 + 2 * 0.2) / 5.
    assert found["motion_ratio"][1] == pytest.approx(0.32 / 0.2, rel=0.01)
    assert found["motion_opening"][2] == pytest.approx((3 * 0.4 + 7 * 0.2) / 10, rel=0.01)
    assert found["motion_rest"][2] == pytest.approx(0.2, rel=0.01)


def test_cuts_are_counted_before_and_after() -> None:
    found = arrays_of(40, cuts_s=[1.0, 2.0, 4.0, 20.0, 30.0, 35.0])

    np.testing.assert_allclose(found["cuts_opening"], [20 / 3, 6, 3])
    np.testing.assert_allclose(found["cuts_rest"], [40 / 37, 30 / 35, 1])
    np.testing.assert_allclose(found["cut_ratio"], [(20 / 3) / (40 / 37), 7, 3])
    assert found["first_cut_s"] == 1.0


def test_a_rest_without_cuts_leaves_the_ratio_unknown() -> None:
    found = arrays_of(40, cuts_s=[1.0])

    assert not found["cut_ratio_known"].any()
    assert found["cuts_opening"][0] == pytest.approx(10 / 3)


def test_a_louder_opening_gains_its_level() -> None:
    found = arrays_of(60, lufs=stepped(-26, -20, start_s=0, end_s=10))

    np.testing.assert_allclose(found["loudness_gain_lu"][2], 6.0, atol=0.01)
    # The rest of the 3 s opening holds 7 loud seconds and 50 quiet ones.
    rest = 10 * np.log10((7 * 10**-2.0 + 50 * 10**-2.6) / 57)
    assert found["loudness_gain_lu"][0] == pytest.approx(-20 - rest, abs=0.05)


def test_silence_counts_as_the_gate() -> None:
    def silent_then_speech(times_s: np.ndarray) -> np.ndarray:
        return np.where(times_s < 10, np.nan, -20.0)

    found = arrays_of(60, lufs=silent_then_speech)

    assert found["loudness_gain_lu"][2] == pytest.approx(-50.0, abs=0.1)


def test_a_silent_video_still_has_an_opening() -> None:
    """R-404: no sound track is valid; the figures on motion and cuts do not change."""
    with_sound = arrays_of(30, cuts_s=[2.0, 20.0], lufs=level(-20))
    without = arrays_of(30, cuts_s=[2.0, 20.0])

    assert with_sound["uses_loudness"]
    assert not without["uses_loudness"]
    assert not without["loudness_known"].any()
    for name in ("motion_ratio", "cuts_opening", "cut_ratio", "first_cut_s"):
        np.testing.assert_array_equal(with_sound[name], without[name])


def test_a_still_video_has_a_ratio_of_one() -> None:
    assert arrays_of(30, magnitude=level(0.0))["motion_ratio"].tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("duration_s", "known"),
    [(5.0, [True, False, False]), (7.0, [True, True, False]), (12.0, [True, True, True])],
)
def test_an_opening_needs_a_rest_to_differ_from(duration_s: float, known: list[bool]) -> None:
    found = arrays_of(duration_s, lufs=level(-20))

    assert found["window_known"].tolist() == known
    assert found["loudness_known"].tolist() == known
    assert np.isnan(found["motion_ratio"]).tolist() == [not one for one in known]


def test_sound_that_ends_early_leaves_the_gain_unknown() -> None:
    artifacts = {
        "motion": motion_over(30, level(0.1)),
        "shots": shots_with(30, []),
        "loudness": loudness_over(4, level(-20)),
    }
    found = measured(COMPONENT, computed_inputs(COMPONENT, 30, artifacts))

    assert found.arrays["loudness_known"].tolist() == [True, False, False]


def test_a_video_of_four_seconds_is_too_short() -> None:
    artifacts = {"motion": motion_over(4, level(0.1)), "shots": shots_with(4, [])}
    found = measured(COMPONENT, computed_inputs(COMPONENT, 4, artifacts))

    assert found.empty_reason is EmptyReason.VIDEO_TOO_SHORT


@given(
    duration_s=st.floats(5, 1200),
    seed=st.integers(0, 100),
    cuts=st.lists(st.floats(0.01, 0.99), max_size=30),
)
def test_any_video_has_figures_and_cuts_add_up(
    duration_s: float, seed: int, cuts: list[float]
) -> None:
    cuts_s = sorted(share * duration_s for share in cuts)
    rng = np.random.default_rng(seed)
    found = arrays_of(
        duration_s,
        magnitude=lambda times_s: rng.gamma(1.0, 0.2, len(times_s)),
        cuts_s=cuts_s,
        lufs=lambda times_s: rng.choice([np.nan, -30.0, -15.0], len(times_s)),
    )

    for at in np.flatnonzero(found["window_known"]):
        window_s = found["windows_s"][at]
        early = found["cuts_opening"][at] * window_s / 10
        late = found["cuts_rest"][at] * (duration_s - window_s) / 10
        assert early + late == pytest.approx(len(cuts_s))


@pytest.mark.slow
def test_real_openings_differ_as_they_are_seen_and_heard(clip: OpenClip) -> None:
    """Big Buck Bunny fades in over quiet birds, then the music comes; the bottles stay alone."""

    def arrays_of_clip(name: str) -> Arrays:
        return measured(COMPONENT, clip_inputs(COMPONENT, clip(f"real/{name}"), cuts_s=[])).arrays

    cartoon, bottles = arrays_of_clip("anim_bbb_30s.webm"), arrays_of_clip("surveil_bottles.mp4")
    still, black = arrays_of_clip("static_image_jfk.mp4"), arrays_of_clip("black_silent_25s.mp4")

    assert cartoon["loudness_gain_lu"][0] < -6
    assert bottles["motion_ratio"][0] < 0.5
    assert not bottles["uses_loudness"]
    for negative in (still, black):
        np.testing.assert_allclose(negative["motion_ratio"][:2], 1.0, atol=0.05)
