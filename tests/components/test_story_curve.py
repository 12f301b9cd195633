"""story_curve against videos whose climax and arcs are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.audio import loudness
from adapters.components.visual import motion
from adapters.components.visual.story_curve import COMPONENT, shape
from adapters.components.visual.story_curve_schema import StoryShape
from application.ports.components import Arrays, Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.clips import OpenClip
from tests.components.dependencies import (
    Over,
    clip_inputs,
    computed_inputs,
    level,
    loudness_over,
    motion_over,
    stepped,
)
from tests.components.inputs import measured, picture_inputs, sound_inputs
from tests.components.scenes import camera_move

Times = NDArray[np.float64]


def story(duration_s: float, *, magnitude: Over, lufs: Over | None = None) -> Measurement:
    artifacts = {"motion": motion_over(duration_s, magnitude)}
    if lufs is not None:
        artifacts["loudness"] = loudness_over(duration_s, lufs)
    return measured(COMPONENT, computed_inputs(COMPONENT, duration_s, artifacts))


def arrays_of(duration_s: float, *, magnitude: Over, lufs: Over | None = None) -> Arrays:
    found = story(duration_s, magnitude=magnitude, lufs=lufs)
    assert found.empty_reason is None
    return found.arrays


def rough(over: Over, *, spread: float, seed: int) -> Over:
    """The same curve with noise on it."""
    return lambda times_s: (
        over(times_s) + np.random.default_rng(seed).normal(0, spread, len(times_s))
    )


@pytest.mark.parametrize("duration_s", [15.0, 60.0, 600.0, 1200.0])
@pytest.mark.parametrize("seed", range(3))
def test_the_climax_lies_in_the_loud_and_fast_middle_third(duration_s: float, seed: int) -> None:
    start_s, end_s = duration_s / 3, 2 * duration_s / 3
    found = arrays_of(
        duration_s,
        magnitude=rough(stepped(0.05, 0.4, start_s=start_s, end_s=end_s), spread=0.02, seed=seed),
        lufs=rough(stepped(-30, -14, start_s=start_s, end_s=end_s), spread=2, seed=seed),
    )

    assert start_s - 1 <= found["climax_s"] <= end_s + 1
    assert found["shape"] == "rise_fall"
    assert found["climax_strength"] > 0.5
    assert len(found["arc_peaks_s"]) == 1


@pytest.mark.parametrize("third", [0, 1, 2])
def test_the_climax_of_a_film_lies_in_its_loud_and_fast_third(third: int) -> None:
    """Seen and heard, not made: a camera that passes four times as fast under music 16 dB louder.

    18 s; motion and loudness are what their components measure of it.
    """
    names = ("coffee", "chelsea", "rocket")
    pans = [0.8 if at == third else 0.2 for at in range(3)]
    film = [
        frame
        for name, pan in zip(names, pans, strict=True)
        for frame in camera_move(name, size_px=(284, 160), frames=72, pan=pan / 4, start_zoom=2.0)
    ]
    levels = np.repeat([0.3 if at == third else 0.3 / 10**0.8 for at in range(3)], 6 * 48_000)
    music = (levels * np.sin(2 * np.pi * 440 * np.arange(18 * 48_000) / 48_000)).astype(np.float32)
    sound = {SoundKind.ORIGINAL: (music, 48_000)}
    artifacts = {
        "motion": measured(motion.COMPONENT, picture_inputs(motion.COMPONENT, film)).arrays,
        "loudness": measured(loudness.COMPONENT, sound_inputs(loudness.COMPONENT, sound)).arrays,
    }
    found = measured(COMPONENT, computed_inputs(COMPONENT, 18.0, artifacts)).arrays

    assert 6 * third - 1 <= found["climax_s"] <= 6 * third + 7
    assert found["shape"] == ("falling", "rise_fall", "rising")[third]


@pytest.mark.parametrize("at_s", [3.0, 20.0, 57.0])
def test_a_burst_is_the_climax_wherever_it_is(at_s: float) -> None:
    burst = stepped(0.1, 0.5, start_s=at_s - 2.5, end_s=at_s + 2.5)
    found = arrays_of(60, magnitude=burst)

    assert found["climax_s"] == pytest.approx(at_s, abs=1.0)
    assert found["climax_position"] == pytest.approx(at_s / 60, abs=0.02)


def test_arcs_are_the_hills_between_the_calms() -> None:
    """Three waves of 20 s: peaks at 10, 30 and 50 s, calms at 20 and 40 s."""

    def waves(times_s: Times) -> Times:
        return np.asarray(0.2 - 0.2 * np.cos(2 * np.pi * times_s / 20))

    found = arrays_of(60, magnitude=waves)

    np.testing.assert_allclose(found["arc_peaks_s"], [10, 30, 50], atol=1.0)
    np.testing.assert_allclose(found["arc_bounds_s"], [[0, 20], [20, 40], [40, 60]], atol=1.0)


@pytest.mark.parametrize(
    ("thirds", "expected"),
    [
        ((0.1, 0.5, 0.9), StoryShape.RISING),
        ((0.9, 0.5, 0.1), StoryShape.FALLING),
        ((0.1, 0.9, 0.2), StoryShape.RISE_FALL),
        ((0.9, 0.1, 0.8), StoryShape.FALL_RISE),
        ((0.5, 0.55, 0.5), StoryShape.EVEN),
        ((0.2, 0.9, 0.9), StoryShape.RISING),
    ],
)
def test_the_shape_follows_the_thirds(
    thirds: tuple[float, float, float], expected: StoryShape
) -> None:
    assert shape(np.repeat(thirds, 20)) is expected


def test_a_silent_video_has_the_story_of_its_motion() -> None:
    """R-404: no sound track is valid."""
    burst = stepped(0.1, 0.5, start_s=30, end_s=35)
    silent, level_sound = (
        arrays_of(60, magnitude=burst, lufs=lufs) for lufs in (None, level(-20.0))
    )

    assert not silent["uses_loudness"]
    assert level_sound["uses_loudness"]
    assert silent["climax_s"] == level_sound["climax_s"] == pytest.approx(32.5, abs=0.5)


def test_loudness_alone_makes_a_story_of_a_still_picture() -> None:
    found = arrays_of(60, magnitude=level(0.0), lufs=stepped(-30, -10, start_s=40, end_s=50))

    assert found["climax_s"] == pytest.approx(45, abs=1)


def test_sound_that_ends_early_counts_as_silence() -> None:
    artifacts = {"motion": motion_over(60, level(0.1)), "loudness": loudness_over(20, level(-20))}
    found = measured(COMPONENT, computed_inputs(COMPONENT, 60, artifacts))

    assert found.arrays["climax_s"] < 20


@pytest.mark.parametrize("lufs", [None, level(-20.0), level(float("nan"))])
def test_a_level_video_has_no_story(lufs: Over | None) -> None:
    found = story(60, magnitude=rough(level(0.0), spread=0.0005, seed=1), lufs=lufs)

    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def test_a_video_of_four_seconds_is_too_short() -> None:
    found = story(4, magnitude=stepped(0.1, 0.9, start_s=1, end_s=2))

    assert found.empty_reason is EmptyReason.VIDEO_TOO_SHORT


@given(duration_s=st.floats(5, 1200), seed=st.integers(0, 1000))
def test_arcs_touch_cover_the_video_and_hold_their_peaks(duration_s: float, seed: int) -> None:
    rng = np.random.default_rng(seed)

    def wandering(times_s: Times) -> Times:
        knots = rng.uniform(0, 0.8, 12)
        return np.interp(times_s, np.linspace(0, duration_s, 12), knots)

    found = arrays_of(duration_s, magnitude=wandering)
    bounds_s, peaks_s = found["arc_bounds_s"], found["arc_peaks_s"]

    assert bounds_s[0, 0] == 0
    assert bounds_s[-1, 1] == duration_s
    np.testing.assert_array_equal(bounds_s[1:, 0], bounds_s[:-1, 1])
    assert ((peaks_s >= bounds_s[:, 0]) & (peaks_s <= bounds_s[:, 1])).all()
    assert found["climax_s"] in peaks_s


@pytest.mark.slow
def test_real_clips_have_their_climax_where_they_are_liveliest(clip: OpenClip) -> None:
    """A man waves both arms at the lens 5 s in; the animation is busiest in its last quarter."""
    labelled = {"fades_dissolves.mp4": (4.0, 6.5), "wwt_cc_first40.mp4": (30.0, 40.0)}
    for name, (start_s, end_s) in labelled.items():
        inputs = clip_inputs(COMPONENT, clip(f"real/{name}"), cuts_s=[])
        found = measured(COMPONENT, inputs).arrays
        assert start_s <= found["climax_s"] <= end_s
        assert found["climax_strength"] > 0.3


@pytest.mark.slow
def test_a_still_picture_has_the_story_of_its_voice_and_black_has_none(clip: OpenClip) -> None:
    speech = clip_inputs(COMPONENT, clip("real/static_image_jfk.mp4"), cuts_s=[])
    black = clip_inputs(COMPONENT, clip("real/black_silent_25s.mp4"), cuts_s=[])

    assert measured(COMPONENT, speech).arrays["climax_strength"] < 0.3
    assert measured(COMPONENT, black).empty_reason is EmptyReason.NOTHING_DETECTED
