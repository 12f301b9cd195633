"""Spectrum: tones stand where they are, noise is flat, silence says nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.audio.spectrum import COMPONENT
from application.ports.components import Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.inputs import measured, sound_inputs
from tests.components.signals import Samples, pink_noise, silence, tone, white_noise

RATE_HZ = 22_050


def found(samples: Samples, *, block_s: float = 30.0, block_columns: int = 1292) -> Measurement:
    sounds = {SoundKind.MUSIC: (samples, RATE_HZ)}
    return measured(
        COMPONENT, sound_inputs(COMPONENT, sounds, block_s=block_s, block_columns=block_columns)
    )


def scalar(samples: Samples, name: str) -> float:
    return float(found(samples).arrays[f"mean_{name}"])


@pytest.mark.parametrize("frequency_hz", [110.0, 440.0, 1000.0, 5000.0])
def test_a_tone_is_its_own_centre_and_crosses_zero_twice_a_period(frequency_hz: float) -> None:
    samples = tone(frequency_hz, 4.0, rate_hz=RATE_HZ)
    assert scalar(samples, "centroid_hz") == pytest.approx(frequency_hz, rel=0.01)
    assert scalar(samples, "rolloff_hz") == pytest.approx(frequency_hz, abs=2 * RATE_HZ / 2048)
    assert scalar(samples, "crossings_hz") == pytest.approx(2 * frequency_hz, rel=0.02)
    assert scalar(samples, "flatness") < 0.001
    assert scalar(samples, "entropy") < 0.2


def test_white_noise_is_flat_and_centred_in_the_middle() -> None:
    samples = white_noise(4.0, rate_hz=RATE_HZ)
    assert scalar(samples, "centroid_hz") == pytest.approx(RATE_HZ / 4, rel=0.02)
    # A periodogram's powers are exponential: their geometric mean is e^-γ of the arithmetic one.
    assert scalar(samples, "flatness") == pytest.approx(np.exp(-np.euler_gamma), rel=0.02)
    assert scalar(samples, "rolloff_hz") == pytest.approx(0.85 * RATE_HZ / 2, rel=0.02)
    assert scalar(samples, "entropy") > 0.9


def test_pink_noise_is_darker_than_white() -> None:
    white, pink = white_noise(4.0, rate_hz=RATE_HZ), pink_noise(4.0, rate_hz=RATE_HZ)
    assert scalar(pink, "centroid_hz") < 0.7 * scalar(white, "centroid_hz")


def test_energy_stands_in_the_band_of_the_tone() -> None:
    shares = found(tone(1000.0, 4.0, rate_hz=RATE_HZ)).arrays["band_shares"]
    np.testing.assert_allclose(shares[:, 3], 1.0, atol=0.001)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0, atol=0.001)


def test_a_tone_stands_further_above_its_surroundings_than_noise() -> None:
    assert scalar(tone(1000.0, 4.0, rate_hz=RATE_HZ), "contrast_db") > scalar(
        white_noise(4.0, rate_hz=RATE_HZ), "contrast_db"
    )


def test_silence_between_tones_is_masked_and_not_counted() -> None:
    parts = tone(1000.0, 2.0, rate_hz=RATE_HZ), silence(2.0, rate_hz=RATE_HZ)
    samples = np.concatenate([*parts, parts[0]])
    arrays = found(samples).arrays
    middle = (arrays["times_s"] > 2.3) & (arrays["times_s"] < 3.7)
    assert not arrays["audible"][middle].any()
    assert float(arrays["mean_centroid_hz"]) == pytest.approx(1000.0, rel=0.05)


def test_silence_is_empty() -> None:
    assert found(silence(4.0, rate_hz=RATE_HZ)).empty_reason is EmptyReason.NOTHING_DETECTED


def test_half_a_second_is_too_little() -> None:
    short = tone(440.0, 0.5, rate_hz=RATE_HZ)
    assert found(short).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@settings(max_examples=10)
@given(block_s=st.floats(0.05, 2.0), block_columns=st.integers(3, 100))
def test_results_do_not_depend_on_where_blocks_end(block_s: float, block_columns: int) -> None:
    samples = pink_noise(3.0, rate_hz=RATE_HZ)
    whole, parts = found(samples), found(samples, block_s=block_s, block_columns=block_columns)
    for name, array in whole.arrays.items():
        np.testing.assert_allclose(parts.arrays[name], array, rtol=1e-4, atol=1e-6)
