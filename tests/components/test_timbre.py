"""Timbre is librosa's, knows bright from dark, and says nothing of silence."""

import librosa
import numpy as np
import pytest

from adapters.components.audio.timbre import COMPONENT
from application.ports.components import Arrays, Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.inputs import measured, sound_inputs
from tests.components.signals import Samples, pink_noise, saw, silence, tone, white_noise

RATE_HZ = 22_050
MADE = (pink_noise(4.0, rate_hz=RATE_HZ), saw(220.0, 4.0, rate_hz=RATE_HZ))


def found(samples: Samples, *, block_columns: int = 1292) -> Measurement:
    sounds = {SoundKind.MUSIC: (samples, RATE_HZ)}
    return measured(COMPONENT, sound_inputs(COMPONENT, sounds, block_columns=block_columns))


def arrays(samples: Samples) -> Arrays:
    return found(samples).arrays


@pytest.mark.parametrize(
    "samples", [pink_noise(4.0, rate_hz=RATE_HZ), saw(220, 4, rate_hz=RATE_HZ)]
)
def test_the_coefficients_are_librosas(samples: Samples) -> None:
    spectrum = librosa.stft(samples, n_fft=2048, hop_length=512, pad_mode="constant")
    mel = librosa.feature.melspectrogram(S=np.abs(spectrum) ** 2, sr=RATE_HZ)
    theirs = librosa.feature.mfcc(S=librosa.power_to_db(mel, top_db=None), n_mfcc=13)[:, 6:-6]
    np.testing.assert_allclose(arrays(samples)["mean_mfcc"], theirs.mean(axis=1), atol=0.5)
    np.testing.assert_allclose(arrays(samples)["std_mfcc"], theirs.std(axis=1), atol=0.5)


def test_the_second_coefficient_tells_dark_from_bright() -> None:
    dark, bright = pink_noise(4.0, rate_hz=RATE_HZ), white_noise(4.0, rate_hz=RATE_HZ)
    assert arrays(dark)["mean_mfcc"][1] > arrays(bright)["mean_mfcc"][1] + 20


def test_the_first_coefficient_rises_with_loudness_alone() -> None:
    quiet, loud = (arrays(g * pink_noise(4.0, rate_hz=RATE_HZ)) for g in (0.1, 1.0))
    difference = loud["mean_mfcc"] - quiet["mean_mfcc"]
    # 20 dB more in each of 128 bands: 20 * sqrt(128) in an orthonormal transform.
    assert difference[0] == pytest.approx(20 * np.sqrt(128), rel=0.01)
    np.testing.assert_allclose(difference[1:], 0, atol=0.5)


def test_a_sound_that_changes_is_faster_than_one_that_lasts() -> None:
    lasting = saw(220.0, 4.0, rate_hz=RATE_HZ)
    parts = [saw(220.0, 0.25, rate_hz=RATE_HZ), white_noise(0.25, rate_hz=RATE_HZ)] * 8
    assert arrays(np.concatenate(parts))["std_delta"][1] > 5 * arrays(lasting)["std_delta"][1]


def test_results_do_not_depend_on_where_blocks_end() -> None:
    samples = pink_noise(3.0, rate_hz=RATE_HZ)
    whole, parts = found(samples), found(samples, block_columns=29)
    for name, array in whole.arrays.items():
        np.testing.assert_allclose(parts.arrays[name], array, rtol=1e-3, atol=1e-2)


def test_silence_is_empty_and_half_a_second_too_little() -> None:
    assert found(silence(4.0, rate_hz=RATE_HZ)).empty_reason is EmptyReason.NOTHING_DETECTED
    short = tone(440.0, 0.5, rate_hz=RATE_HZ)
    assert found(short).empty_reason is EmptyReason.TOO_LITTLE_MATERIAL
