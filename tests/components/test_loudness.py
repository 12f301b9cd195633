"""Loudness against the made signals of EBU Tech 3341 and 3342, and against ffmpeg."""

import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import wavfile

from adapters.components.audio.loudness import COMPONENT
from application.ports.components import Arrays, Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.signals import (
    Samples,
    peak_of,
    pink_noise,
    silence,
    stereo,
    tone,
    white_noise,
)

RATE_HZ = 48_000


def _measured(samples: Samples, *, rate_hz: int = RATE_HZ, block_s: float = 30.0) -> Measurement:
    sounds = {SoundKind.ORIGINAL: (samples, rate_hz)}
    return measured(COMPONENT, sound_inputs(COMPONENT, sounds, block_s=block_s))


def _levels(*steps: tuple[float, float], rate_hz: int = RATE_HZ) -> Samples:
    """A stereo 1 kHz sine in steps of (level in dBFS, seconds)."""
    parts = [tone(1000, s, rate_hz=rate_hz, peak=peak_of(level)) for level, s in steps]
    return stereo(np.concatenate(parts))


def _arrays(samples: Samples, *, rate_hz: int = RATE_HZ) -> Arrays:
    return _measured(samples, rate_hz=rate_hz).arrays


CASES_3341 = {
    1: (((-23, 20),), -23),
    2: (((-33, 20),), -33),
    3: (((-36, 10), (-23, 60), (-36, 10)), -23),
    4: (((-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)), -23),
    5: (((-26, 20), (-20, 20.1), (-26, 20)), -23),
}


@pytest.mark.parametrize(
    ("case", "rate_hz"), [*((case, 48_000) for case in CASES_3341), (1, 8_000), (3, 44_100)]
)
def test_programmes_of_tech_3341_read_as_the_standard_says(case: int, rate_hz: int) -> None:
    steps, expected_lufs = CASES_3341[case]
    arrays = _arrays(_levels(*steps, rate_hz=rate_hz), rate_hz=rate_hz)
    assert arrays["integrated_lufs"] == pytest.approx(expected_lufs, abs=0.1)


def test_five_channels_with_weighted_surrounds_read_as_case_6_says() -> None:
    levels = (-28, -28, -24, -30, -30)
    five = np.stack([tone(1000, 20, rate_hz=RATE_HZ, peak=peak_of(x)) for x in levels], axis=1)
    assert _arrays(five)["integrated_lufs"] == pytest.approx(-23, abs=0.1)


def test_the_low_frequency_channel_of_5_1_does_not_count() -> None:
    levels = (-28, -28, -24, -3, -30, -30)
    six = np.stack([tone(1000, 20, rate_hz=RATE_HZ, peak=peak_of(x)) for x in levels], axis=1)
    assert _arrays(six)["integrated_lufs"] == pytest.approx(-23, abs=0.1)


def test_short_term_loudness_is_steady_over_case_9() -> None:
    arrays = _arrays(_levels(*((-20, 1.34), (-30, 1.66)) * 5))
    np.testing.assert_allclose(arrays["short_term_lufs"], -23, atol=0.1)


@pytest.mark.parametrize("late_s", [0.15, 1.05, 2.85])
def test_the_loudest_three_seconds_are_found_wherever_they_stand(late_s: float) -> None:
    """Case 10 of Tech 3341."""
    arrays = _arrays(_levels((-200, late_s), (-23, 3), (-200, 1)))
    assert arrays["max_short_term_lufs"] == pytest.approx(-23, abs=0.1)


def test_momentary_loudness_is_steady_over_case_12() -> None:
    arrays = _arrays(_levels(*((-20, 0.18), (-30, 0.22)) * 25))
    np.testing.assert_allclose(arrays["momentary_lufs"][6:], -23, atol=0.1)


@pytest.mark.parametrize("late_s", [0.02, 0.26, 0.38])
def test_the_loudest_moment_is_found_wherever_it_stands(late_s: float) -> None:
    """Case 13 of Tech 3341, with silence added to reach the minimum of 3 s."""
    arrays = _arrays(_levels((-200, late_s), (-23, 0.4), (-200, 3)))
    assert arrays["max_momentary_lufs"] == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize(
    ("divisor", "degrees", "amplitude", "expected_dbtp"),
    [(4, 0, 0.5, -6), (4, 45, 0.5, -6), (6, 60, 0.5, -6), (8, 67.5, 0.5, -6), (4, 45, 1.41, 3)],
)
def test_true_peaks_between_samples_are_found(
    divisor: int, degrees: float, amplitude: float, expected_dbtp: float
) -> None:
    """Cases 15 to 19 of Tech 3341: +0.2 and -0.4 dB."""
    phase = np.radians(degrees)
    made = tone(RATE_HZ / divisor, 4, rate_hz=RATE_HZ, peak=amplitude, phase=phase)
    made *= np.minimum(np.arange(len(made)) / RATE_HZ, 1).astype(np.float32)
    peak_dbtp = float(_arrays(stereo(made))["true_peak_dbtp"])
    assert expected_dbtp - 0.4 <= peak_dbtp <= expected_dbtp + 0.2


@pytest.mark.parametrize("offset", [0, 1, 2, 3])
@pytest.mark.parametrize("block_s", [30.0, 0.011])
def test_a_true_peak_at_any_quarter_of_a_sample_is_found(offset: int, block_s: float) -> None:
    """In the manner of cases 20 to 23: one wave of twice the level, made at four times the rate."""
    at = np.arange(4 * RATE_HZ * 4) - 4 * RATE_HZ * 2 - offset
    wave = np.cos(2 * np.pi * at / 24)
    swell = 0.5 + 0.5 * np.exp(-((at / 200.0) ** 2))
    made = (wave * swell)[::4].astype(np.float32)
    peak_dbtp = float(_measured(stereo(made), block_s=block_s).arrays["true_peak_dbtp"])
    assert -0.4 <= peak_dbtp <= 0.2


CASES_3342 = {
    1: (((-20, 20), (-30, 20)), 10),
    2: (((-20, 20), (-15, 20)), 5),
    3: (((-40, 20), (-20, 20)), 20),
    4: (((-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)), 15),
}


@pytest.mark.parametrize("case", CASES_3342)
def test_loudness_ranges_of_tech_3342_read_as_the_standard_says(case: int) -> None:
    steps, expected_lu = CASES_3342[case]
    assert _arrays(_levels(*steps))["loudness_range_lu"] == pytest.approx(expected_lu, abs=1)


def test_times_stand_at_the_centre_of_their_windows() -> None:
    arrays = _arrays(_levels((-200, 5), (-23, 3), (-200, 5)))
    loudest = int(np.nanargmax(arrays["short_term_lufs"]))
    assert arrays["times_s"][loudest] == pytest.approx(6.5, abs=0.05)
    assert arrays["times_s"][0] == pytest.approx(1.5)
    assert arrays["momentary_times_s"][0] == pytest.approx(0.2)


def test_the_level_is_the_mean_over_channels_before_any_weighting() -> None:
    made = np.stack([tone(100, 5, rate_hz=RATE_HZ), silence(5, rate_hz=RATE_HZ)], axis=1)
    np.testing.assert_allclose(_arrays(made)["rms"], 0.5 / 2, rtol=1e-3)


@pytest.mark.parametrize("level", [0.0, 1e-6])
def test_silence_is_empty(level: float) -> None:
    found = _measured(white_noise(10, rate_hz=RATE_HZ, rms=level))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def test_silent_stretches_are_masked_and_the_rest_is_measured() -> None:
    arrays = _arrays(_levels((-23, 10), (-400, 10)))
    audible = arrays["short_term_audible"]
    assert audible[0]
    assert not audible[-1]
    assert not np.isfinite(arrays["short_term_lufs"][~audible]).any()
    assert arrays["integrated_lufs"] == pytest.approx(-23, abs=0.1)


def test_two_seconds_are_too_little() -> None:
    found = _measured(tone(1000, 2, rate_hz=RATE_HZ))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@pytest.mark.parametrize("rate_hz", [8_000, 11_024, 44_100])
def test_results_do_not_depend_on_where_blocks_end(rate_hz: int) -> None:
    made = stereo(pink_noise(7, rate_hz=rate_hz))
    whole = _measured(made, rate_hz=rate_hz).arrays
    small = _measured(made, rate_hz=rate_hz, block_s=0.0173).arrays
    for name, expected in whole.items():
        np.testing.assert_allclose(small[name], expected, rtol=1e-6, err_msg=name)


@settings(max_examples=15)
@given(
    gain_db=st.floats(-30, 0),
    seed=st.integers(0, 1000),
    rate_hz=st.sampled_from([16_000, 22_050, 48_000]),
)
def test_a_gain_moves_every_level_by_itself(gain_db: float, seed: int, rate_hz: int) -> None:
    made = pink_noise(4, rate_hz=rate_hz, seed=seed)
    loud = _arrays(made, rate_hz=rate_hz)
    quiet = _arrays((made * peak_of(gain_db)).astype(np.float32), rate_hz=rate_hz)
    for name in ("integrated_lufs", "true_peak_dbtp", "short_term_lufs"):
        np.testing.assert_allclose(quiet[name], loud[name] + gain_db, atol=0.01)
    assert quiet["loudness_range_lu"] == pytest.approx(float(loud["loudness_range_lu"]), abs=0.01)


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_ffmpeg_measures_the_same(tmp_path: Path, channels: int) -> None:
    seeds = range(channels)
    made = np.stack(
        [pink_noise(12, rate_hz=RATE_HZ, rms=0.02 * (1 + seed), seed=seed) for seed in seeds],
        axis=1,
    )
    made[: 5 * RATE_HZ] *= 0.2
    wavfile.write(tmp_path / "made.wav", RATE_HZ, made)
    told = _ffmpeg_ebur128(tmp_path / "made.wav")
    arrays = _arrays(made)
    assert arrays["integrated_lufs"] == pytest.approx(told["I"], abs=0.1)
    assert arrays["loudness_range_lu"] == pytest.approx(told["LRA"], abs=0.3)
    assert arrays["true_peak_dbtp"] == pytest.approx(told["Peak"], abs=0.2)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["wwt_cc_first40.mp4", "surround_chid_51.mp4", "bw_chaplin.mp4", "pancake_opus.mkv"]
)
def test_ffmpeg_measures_the_same_on_real_clips(clip: OpenClip, name: str) -> None:
    opened = clip(f"real/{name}")
    told = _ffmpeg_ebur128(opened.source)
    arrays = measured(COMPONENT, opened.sound_inputs(COMPONENT)).arrays
    assert arrays["integrated_lufs"] == pytest.approx(told["I"], abs=0.1)
    assert arrays["loudness_range_lu"] == pytest.approx(told["LRA"], abs=0.3)
    assert arrays["true_peak_dbtp"] == pytest.approx(told["Peak"], abs=0.4)


@pytest.mark.parametrize("name", ["black_silent_25s.mp4", "hands_coffee.mp4"])
def test_clips_with_a_silent_track_are_empty(clip: OpenClip, name: str) -> None:
    found = measured(COMPONENT, clip(f"real/{name}").sound_inputs(COMPONENT))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


def _ffmpeg_ebur128(file: Path) -> dict[str, float]:
    """What ffmpeg's own meter prints at the end."""
    meter = ["-map", "0:a:0", "-af", "ebur128=peak=true", "-f", "null", "-"]
    told = subprocess.run(
        ["ffmpeg", "-nostdin", "-nostats", "-i", str(file), *meter],
        check=True,
        capture_output=True,
        text=True,
    ).stderr
    summary = told[told.rindex("Summary:") :]
    found = re.findall(r"^\s+(I|LRA|Peak):\s+(-?[\d.]+)", summary, re.MULTILINE)
    return {name: float(number) for name, number in found}
