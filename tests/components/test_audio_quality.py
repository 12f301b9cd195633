"""Sound quality against sounds whose faults were made."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.audio.audio_quality import COMPONENT
from application.ports.components import Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.inputs import measured, sound_inputs
from tests.components.signals import Samples, peak_of, silence, stereo, tone, white_noise

RATE_HZ = 48_000


def found(samples: Samples, *, block_s: float = 30.0) -> Measurement:
    sounds = {SoundKind.ORIGINAL: (samples, RATE_HZ)}
    return measured(COMPONENT, sound_inputs(COMPONENT, sounds, block_s=block_s))


def scalar(samples: Samples, name: str) -> float:
    return float(found(samples).arrays[name])


@pytest.mark.parametrize("drive", [1.2, 1.5, 3.0, 10.0])
@pytest.mark.parametrize("frequency_hz", [100.0, 440.0, 1000.0])
def test_a_sine_driven_into_its_limits_is_clipped_by_the_known_share(
    drive: float, frequency_hz: float
) -> None:
    samples = np.clip(drive * tone(frequency_hz, 3.0, rate_hz=RATE_HZ, peak=1.0), -1, 1)
    known = 1 - 2 / np.pi * np.arcsin(1 / drive)
    assert scalar(samples, "clipping_share") == pytest.approx(known, abs=0.03)


@pytest.mark.parametrize("peak", [0.5, 0.95, 1.0])
@pytest.mark.parametrize("frequency_hz", [50.0, 440.0, 3000.0])
def test_a_whole_sine_is_not_clipped(peak: float, frequency_hz: float) -> None:
    assert scalar(tone(frequency_hz, 3.0, rate_hz=RATE_HZ, peak=peak), "clipping_share") == 0


def test_one_clipped_channel_counts_by_half() -> None:
    clean = tone(440.0, 3.0, rate_hz=RATE_HZ, peak=0.5)
    driven = np.clip(tone(440.0, 3.0, rate_hz=RATE_HZ, peak=3.0), -1, 1)
    both = np.stack([clean, driven], axis=1)
    assert scalar(both, "clipping_share") == pytest.approx(scalar(driven, "clipping_share") / 2)


@pytest.mark.parametrize("quiet_s", [0.0, 1.0, 2.5, 4.0])
def test_silence_is_the_share_that_was_made(quiet_s: float) -> None:
    parts = tone(440.0, 5.0 - quiet_s, rate_hz=RATE_HZ), silence(quiet_s, rate_hz=RATE_HZ)
    assert scalar(np.concatenate(parts), "silence_share") == pytest.approx(quiet_s / 5, abs=0.011)


@pytest.mark.parametrize("snr_db", [10.0, 20.0, 40.0])
def test_bursts_in_noise_stand_above_it_as_they_were_made(snr_db: float) -> None:
    noise = white_noise(8.0, rate_hz=RATE_HZ, rms=0.002)
    burst = tone(440.0, 8.0, rate_hz=RATE_HZ, peak=0.002 * np.sqrt(2) * peak_of(snr_db))
    is_on = (np.arange(len(noise)) // RATE_HZ) % 2 == 0
    samples = (noise + burst * is_on).astype(np.float32)
    assert scalar(samples, "snr_db") == pytest.approx(snr_db, abs=1.0)
    assert scalar(samples, "noise_floor_dbfs") == pytest.approx(20 * np.log10(0.002), abs=0.5)


def test_a_sound_without_pauses_has_no_known_ratio() -> None:
    arrays = found(tone(440.0, 4.0, rate_hz=RATE_HZ)).arrays
    assert not arrays["snr_known"]
    assert np.isnan(arrays["snr_db"])


def test_valleys_between_beats_are_not_pauses() -> None:
    beat = tone(220.0, 0.5, rate_hz=RATE_HZ) * np.exp(-6 * np.arange(RATE_HZ // 2) / RATE_HZ)
    music = np.tile(beat.astype(np.float32), 12)
    assert not found(music).arrays["snr_known"]


def test_crest_factor_of_a_sine_is_three_decibels() -> None:
    assert scalar(tone(440.0, 4.0, rate_hz=RATE_HZ), "crest_factor_db") == pytest.approx(
        20 * np.log10(np.sqrt(2)), abs=0.01
    )


def test_the_offset_is_the_mean() -> None:
    assert scalar(tone(440.0, 4.0, rate_hz=RATE_HZ) + 0.125, "dc_offset") == pytest.approx(
        0.125, abs=1e-4
    )


def test_dynamic_range_is_the_distance_of_loud_and_quiet() -> None:
    loud, quiet = (tone(440.0, 3.0, rate_hz=RATE_HZ, peak=peak_of(db)) for db in (-6, -36))
    samples = np.concatenate([loud, quiet])
    assert scalar(samples, "dynamic_range_db") == pytest.approx(30.0, abs=0.1)


def test_digital_silence_is_empty() -> None:
    assert found(silence(3.0, rate_hz=RATE_HZ)).empty_reason is EmptyReason.NOTHING_DETECTED


def test_half_a_second_is_too_little() -> None:
    short = tone(440.0, 0.5, rate_hz=RATE_HZ)
    assert found(short).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@settings(max_examples=10)
@given(block_s=st.floats(0.01, 3.0))
def test_results_do_not_depend_on_where_blocks_end(block_s: float) -> None:
    driven = np.clip(tone(97.0, 2.0, rate_hz=RATE_HZ, peak=2.0), -1, 1)
    samples = stereo(np.concatenate([driven, white_noise(1.0, rate_hz=RATE_HZ, rms=0.01)]))
    whole, parts = found(samples), found(samples, block_s=block_s)
    for name, array in whole.arrays.items():
        np.testing.assert_allclose(parts.arrays[name], array, rtol=1e-9, atol=1e-12)
