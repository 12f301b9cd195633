"""Tempo and beats of made music whose tempo is known, and of sound without any."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.audio.tempo import COMPONENT
from adapters.components.listing import CONFIDENT
from application.ports.components import Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.rhythms import (
    RATE_HZ,
    accented_click_track,
    beats,
    click_track,
    drum_loop,
    four_on_the_floor,
)
from tests.components.signals import Samples, pink_noise, silence, tone, white_noise

Track = Callable[[float, float], Samples]
TEMPI = (60, 63, 75, 88, 100, 112, 120, 128, 144, 160, 172, 180)


def _measured(samples: Samples, *, block_columns: int = 1292) -> Measurement:
    sounds = {SoundKind.MUSIC: (samples, RATE_HZ)}
    return measured(COMPONENT, sound_inputs(COMPONENT, sounds, block_columns=block_columns))


@pytest.mark.parametrize("bpm", TEMPI)
@pytest.mark.parametrize("track", [click_track, accented_click_track])
@pytest.mark.parametrize("duration_s", [8.0, 30.0])
def test_click_tracks_have_their_tempo(track: Track, bpm: float, duration_s: float) -> None:
    arrays = _measured(track(bpm, duration_s)).arrays
    assert arrays["bpm"] == pytest.approx(bpm, rel=0.01)
    assert arrays["confidence"] > 0.7


@pytest.mark.parametrize("bpm", TEMPI)
@pytest.mark.parametrize("loop", [drum_loop, four_on_the_floor])
def test_drum_loops_with_hats_on_eighths_have_their_tempo(loop: Track, bpm: float) -> None:
    arrays = _measured(loop(bpm, 20.0)).arrays
    assert arrays["bpm"] == pytest.approx(bpm, rel=0.01)
    assert arrays["confidence"] > 0.5


@pytest.mark.parametrize("bpm", [60, 97, 120, 180])
@pytest.mark.parametrize("track", [click_track, drum_loop])
def test_beats_stand_where_they_were_put(track: Track, bpm: float) -> None:
    found_s = _measured(track(bpm, 20.0)).arrays["beat_times_s"]
    expected_s = beats(bpm, 20.0)
    assert len(found_s) == len(expected_s)
    np.testing.assert_allclose(found_s, expected_s, atol=0.035)


def test_a_change_of_tempo_shows_over_time_and_in_the_beats() -> None:
    arrays = _measured(np.concatenate([click_track(100, 30), click_track(140, 30)])).arrays
    early = arrays["window_times_s"] < 24
    late = arrays["window_times_s"] > 36
    np.testing.assert_allclose(arrays["window_bpm"][early], 100, rtol=0.01)
    np.testing.assert_allclose(arrays["window_bpm"][late], 140, rtol=0.01)
    intervals_s = np.diff(arrays["beat_times_s"][arrays["beat_times_s"] > 32])
    np.testing.assert_allclose(np.median(intervals_s), 60 / 140, rtol=0.02)


def _wandering_speech(seed: int) -> Samples:
    """Syllables of uneven length, height and distance, about five a second."""
    random = np.random.default_rng(seed)
    parts: list[NDArray[np.float32]] = []
    for _ in range(80):
        length_s = random.uniform(0.08, 0.25)
        syllable = tone(random.uniform(120, 250), length_s, rate_hz=RATE_HZ, peak=0.4)
        parts += [syllable * np.hanning(len(syllable)).astype(np.float32)]
        parts += [silence(random.choice([0.0, 0.02, 0.05, 0.4]), rate_hz=RATE_HZ)]
    return np.concatenate(parts)


@pytest.mark.parametrize("seed", range(4))
def test_noise_and_uneven_syllables_have_no_tempo(seed: int) -> None:
    for samples in (
        white_noise(20, rate_hz=RATE_HZ, seed=seed),
        pink_noise(7, rate_hz=RATE_HZ, seed=seed),
        _wandering_speech(seed),
    ):
        arrays = _measured(samples).arrays
        assert arrays["confidence"] < CONFIDENT
        assert not arrays["beat_times_s"].size


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "static_image_jfk.mp4",
        "lecture_5min.mp4",
        "talk_en_hill.mp4",
        "ru_vlog_vertical.mp4",
        "en_slides_tts.webm",
    ],
)
def test_real_speech_has_no_tempo(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(f"real/{name}", longest_s=60).sound_inputs(COMPONENT))
    assert found.arrays["confidence"] < CONFIDENT


@pytest.mark.slow
def test_a_beat_under_real_speech_is_found(clip: OpenClip) -> None:
    speech, _ = clip("real/lecture_5min.mp4", longest_s=60).sounds[SoundKind.MUSIC]
    beat = drum_loop(96, 30)
    mixed = beat + speech[: len(beat), 0] * np.float32(0.1 / speech.std())
    arrays = _measured(mixed).arrays
    assert arrays["bpm"] == pytest.approx(96, rel=0.01)
    assert arrays["confidence"] > CONFIDENT


def test_silence_is_empty() -> None:
    found = _measured(silence(10, rate_hz=RATE_HZ))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def test_three_seconds_are_too_little() -> None:
    assert _measured(click_track(120, 3)).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def test_one_click_is_no_tempo() -> None:
    arrays = _measured(click_track(1, 10)).arrays
    assert arrays["confidence"] < CONFIDENT


def test_results_do_not_depend_on_where_blocks_end() -> None:
    made = drum_loop(101, 14)
    whole, small = _measured(made).arrays, _measured(made, block_columns=37).arrays
    for name, expected in whole.items():
        np.testing.assert_allclose(small[name], expected, rtol=1e-5, err_msg=name)


@settings(max_examples=12)
@given(bpm=st.floats(62, 178), first_s=st.floats(0.05, 0.4), gain=st.floats(0.01, 1))
def test_any_even_tempo_is_found_wherever_it_starts_and_however_loud(
    bpm: float, first_s: float, gain: float
) -> None:
    made = click_track(bpm, 12, first_s=first_s) * np.float32(gain)
    assert _measured(made).arrays["bpm"] == pytest.approx(bpm, rel=0.01)
