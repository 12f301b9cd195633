"""Onsets of clicks and strokes at known times, their density and regularity."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.audio.onsets import COMPONENT
from application.ports.components import Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.melodies import MAJOR_SCALE, Instrument, organ, piano, played, scale
from tests.components.rhythms import RATE_HZ, beats, click, click_track, hat, kick, placed, snare
from tests.components.signals import Samples, pink_noise, silence, tone, white_noise


def _measured(samples: Samples, *, block_s: float = 30, block_columns: int = 1292) -> Measurement:
    sounds = {SoundKind.MUSIC: (samples, RATE_HZ)}
    return measured(
        COMPONENT,
        sound_inputs(COMPONENT, sounds, block_s=block_s, block_columns=block_columns),
    )


def _moments(seed: int, *, count: int = 30, closest_s: float = 0.15) -> NDArray[np.float64]:
    return 0.2 + np.cumsum(np.random.default_rng(seed).uniform(closest_s, 0.8, count))


@pytest.mark.parametrize("stroke", [click(), kick(), snare(), hat()])
@pytest.mark.parametrize("noise_rms", [0.0, 0.003])
def test_strokes_are_found_where_they_were_put(stroke: Samples, noise_rms: float) -> None:
    moments_s = _moments(3)
    duration_s = float(moments_s[-1]) + 1
    made = placed(stroke, moments_s, duration_s)
    made = made + white_noise(duration_s, rate_hz=RATE_HZ, rms=noise_rms)
    found_s = _measured(made).arrays["onset_times_s"]
    assert len(found_s) == len(moments_s)
    np.testing.assert_allclose(found_s, moments_s, atol=0.02)


@pytest.mark.parametrize("instrument", [piano, organ])
def test_notes_of_a_melody_are_found(instrument: Instrument) -> None:
    made = played(scale(MAJOR_SCALE * 3), instrument, tonic=60, note_s=0.4)
    found_s = _measured(made).arrays["onset_times_s"]
    np.testing.assert_allclose(found_s, np.arange(1, 24) * 0.4, atol=0.03)


def test_density_counts_the_onsets_of_each_second() -> None:
    made = np.concatenate([click_track(60, 10, first_s=0.5), click_track(240, 10, first_s=0.1)])
    arrays = _measured(made).arrays
    np.testing.assert_array_equal(arrays["density_per_s"][:10], 1)
    np.testing.assert_array_equal(arrays["density_per_s"][10:], 4)
    assert arrays["onsets_per_s"] == pytest.approx(2.5)


def test_even_clicks_are_regular_and_scattered_ones_are_not() -> None:
    even = _measured(click_track(100, 20)).arrays
    assert even["regularity"] > 0.97
    scattered_s = 0.2 + np.cumsum(0.1 + np.random.default_rng(1).exponential(0.4, 60))
    scattered = _measured(placed(click(), scattered_s, float(scattered_s[-1]) + 1)).arrays
    assert scattered["regularity"] < 0.6


def test_stronger_strokes_are_stronger() -> None:
    at = beats(60, 10, first_s=0.5)
    bed = white_noise(10, rate_hz=RATE_HZ, rms=0.003)
    made = bed + placed(click(), at[::2], 10) + placed(click(), at[1::2], 10, gain=0.1)
    strengths = _measured(made).arrays["strengths_db"]
    assert strengths[::2].min() > strengths[1::2].max()


@pytest.mark.parametrize("noise", [white_noise, pink_noise])
def test_steady_noise_has_no_onsets(noise: Callable[..., Samples]) -> None:
    for seed in range(3):
        arrays = _measured(noise(20.0, rate_hz=RATE_HZ, seed=seed)).arrays
        assert len(arrays["onset_times_s"]) <= 1
        assert not arrays["regularity_known"]


def test_a_steady_tone_has_no_onset() -> None:
    assert not _measured(tone(440, 10, rate_hz=RATE_HZ)).arrays["onset_times_s"].size


def test_silence_is_empty() -> None:
    found = _measured(white_noise(5, rate_hz=RATE_HZ, rms=1e-6))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def test_half_a_second_is_too_little() -> None:
    found = _measured(silence(0.5, rate_hz=RATE_HZ))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def test_results_do_not_depend_on_where_blocks_end() -> None:
    moments_s = _moments(4)[:20]
    made = placed(snare(), moments_s, 16) + pink_noise(16, rate_hz=RATE_HZ, rms=0.01)
    whole = _measured(made).arrays
    small = _measured(made, block_s=0.0437, block_columns=31).arrays
    for name, expected in whole.items():
        np.testing.assert_allclose(small[name], expected, rtol=1e-4, err_msg=name)


@settings(max_examples=15)
@given(seed=st.integers(0, 999), gain=st.floats(0.01, 1))
def test_clicks_anywhere_and_of_any_loudness_are_found(seed: int, gain: float) -> None:
    moments_s = _moments(seed, count=12, closest_s=0.12)
    made = placed(click(), moments_s, float(moments_s[-1]) + 1, gain=gain)
    found_s = _measured(made).arrays["onset_times_s"]
    assert len(found_s) == len(moments_s)
    np.testing.assert_allclose(found_s, moments_s, atol=0.02)


@pytest.mark.slow
def test_real_speech_begins_syllables_and_calm_music_seldom_notes(clip: OpenClip) -> None:
    def density(name: str) -> float:
        found = measured(COMPONENT, clip(f"real/{name}", longest_s=60).sound_inputs(COMPONENT))
        return float(found.arrays["onsets_per_s"])

    for speech in ("ru_slides_speech.mp4", "en_slides_tts.webm", "talk_en_hill.mp4"):
        assert 3 < density(speech) < 7
    for calm in ("anim_bbb_30s.webm", "audio_longer.mp4"):
        assert density(calm) < 1
