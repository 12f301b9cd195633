"""Pitch of tones and saws of known frequency, of noise, and of real voices."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.audio.pitch import COMPONENT
from application.ports.components import Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.signals import Samples, pink_noise, saw, silence, tone, white_noise

RATE_HZ = 16_000
Made = Callable[..., Samples]


def _measured(samples: Samples, *, block_s: float = 30.0) -> Measurement:
    sounds = {SoundKind.SPEECH: (samples, RATE_HZ)}
    return measured(COMPONENT, sound_inputs(COMPONENT, sounds, block_s=block_s))


@pytest.mark.parametrize("wave", [tone, saw])
@pytest.mark.parametrize("frequency_hz", [80, 98.7, 131, 220, 317, 440, 622, 880, 1000])
def test_tones_and_saws_have_their_pitch(wave: Made, frequency_hz: float) -> None:
    arrays = _measured(wave(frequency_hz, 2.0, rate_hz=RATE_HZ)).arrays
    assert arrays["voiced_share"] == 1
    np.testing.assert_allclose(arrays["f0_hz"], frequency_hz, rtol=0.01)
    assert arrays["range_semitones"] < 0.1
    assert not arrays["jump_times_s"].size


@pytest.mark.parametrize("wave", [tone, saw])
def test_a_voice_ten_decibels_above_noise_keeps_its_pitch(wave: Made) -> None:
    made = wave(180, 3.0, rate_hz=RATE_HZ)
    noise = white_noise(3.0, rate_hz=RATE_HZ, rms=float(made.std()) / 10**0.5)
    arrays = _measured(made + noise).arrays
    assert arrays["median_hz"] == pytest.approx(180, rel=0.01)


@pytest.mark.parametrize("noise", [white_noise, pink_noise])
@pytest.mark.parametrize("seed", range(3))
def test_noise_has_no_pitch(noise: Made, seed: int) -> None:
    arrays = _measured(noise(10.0, rate_hz=RATE_HZ, seed=seed)).arrays
    assert arrays["voiced_share"] < 0.2
    assert np.isnan(arrays["f0_hz"][~arrays["voiced"]]).all()


def test_the_voiced_share_is_that_of_the_voiced_time() -> None:
    parts = [saw(150, 2.0, rate_hz=RATE_HZ), white_noise(3.0, rate_hz=RATE_HZ)]
    parts += [silence(5.0, rate_hz=RATE_HZ)]
    arrays = _measured(np.concatenate(parts)).arrays
    assert arrays["voiced_share"] == pytest.approx(0.2, abs=0.01)
    assert not arrays["voiced"][arrays["times_s"] > 2.1].any()


def test_leaps_are_counted_where_they_are() -> None:
    heights_hz = (150, 225, 160, 300, 150)
    made = np.concatenate([saw(height, 0.5, rate_hz=RATE_HZ) for height in heights_hz])
    arrays = _measured(made).arrays
    np.testing.assert_allclose(arrays["jump_times_s"], [0.5, 1.0, 1.5, 2.0], atol=0.06)
    assert arrays["jumps_per_s"] == pytest.approx(4 / 2.5, rel=0.15)


def test_a_glide_has_a_range_and_no_leaps() -> None:
    at_s = np.arange(4 * RATE_HZ) / RATE_HZ
    phase = 2 * np.pi * 110 * 4 / np.log(2) * 2 ** (at_s / 4)
    arrays = _measured((0.5 * np.sin(phase)).astype(np.float32)).arrays
    assert arrays["range_semitones"] == pytest.approx(12 * 0.9, rel=0.02)
    expected_hz = 110 * 2 ** (arrays["times_s"] / 4)
    np.testing.assert_allclose(arrays["f0_hz"], expected_hz, rtol=0.01)
    assert not arrays["jump_times_s"].size


def test_silence_is_empty() -> None:
    found = _measured(white_noise(5, rate_hz=RATE_HZ, rms=1e-5))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.parametrize("duration_s", [0.01, 0.4])
def test_less_than_half_a_second_is_too_little(duration_s: float) -> None:
    found = _measured(tone(200, duration_s, rate_hz=RATE_HZ))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def test_results_do_not_depend_on_where_blocks_end() -> None:
    made = saw(140, 3, rate_hz=RATE_HZ) + white_noise(3, rate_hz=RATE_HZ, rms=0.05)
    whole, small = _measured(made).arrays, _measured(made, block_s=0.0371).arrays
    for name, expected in whole.items():
        np.testing.assert_allclose(small[name], expected, rtol=1e-5, err_msg=name)


@settings(max_examples=15)
@given(
    frequency_hz=st.floats(80, 1000),
    gain=st.floats(0.1, 1),
    fundamental=st.floats(0.1, 1),
    seed=st.integers(0, 99),
)
def test_any_harmonic_sound_has_the_pitch_of_its_fundamental(
    frequency_hz: float, gain: float, fundamental: float, seed: int
) -> None:
    random = np.random.default_rng(seed)
    made = fundamental * tone(frequency_hz, 1.0, rate_hz=RATE_HZ)
    for harmonic in (2, 3, 4):
        share = random.uniform(0.2, 0.5) * fundamental
        made = made + share * tone(harmonic * frequency_hz, 1.0, rate_hz=RATE_HZ)
    arrays = _measured((made * gain).astype(np.float32)).arrays
    np.testing.assert_allclose(arrays["f0_hz"], frequency_hz, rtol=0.01)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "median_hz"),
    [
        ("static_image_jfk.mp4", 238),
        ("talk_en_hill.mp4", 147),
        ("talk_vertical_hevc1.mp4", 226),
        ("ru_vlog_vertical.mp4", 112),
    ],
)
def test_real_voices_have_the_pitch_that_pyin_finds(
    clip: OpenClip, name: str, median_hz: float
) -> None:
    """Labels: medians of `librosa.pyin`, a different method, over the same clips."""
    found = measured(COMPONENT, clip(f"real/{name}").sound_inputs(COMPONENT))
    assert found.arrays["median_hz"] == pytest.approx(median_hz, rel=0.06)
    assert 0.3 < found.arrays["voiced_share"] < 0.9


@pytest.mark.parametrize("name", ["black_silent_25s.mp4", "hands_coffee.mp4"])
def test_clips_with_a_silent_track_are_empty(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(f"real/{name}").sound_inputs(COMPONENT))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED
