"""Tones are harmonic, strokes are percussive, and a mixture lies where its energies say."""

import numpy as np
import pytest

from adapters.components.audio.harmonic_percussive import COMPONENT
from application.ports.components import Measurement
from domain.component import EmptyReason, SoundKind
from tests.components.inputs import measured, sound_inputs
from tests.components.signals import Samples, saw, silence, tone, white_noise

RATE_HZ = 22_050


def found(samples: Samples, *, block_columns: int = 1292) -> Measurement:
    sounds = {SoundKind.MUSIC: (samples, RATE_HZ)}
    return measured(COMPONENT, sound_inputs(COMPONENT, sounds, block_columns=block_columns))


def share(samples: Samples) -> float:
    return float(found(samples).arrays["harmonic_share"])


def clicks(duration_s: float, *, peak: float = 0.9) -> Samples:
    samples = silence(duration_s, rate_hz=RATE_HZ)
    samples[RATE_HZ // 4 :: RATE_HZ // 2] = peak
    return samples


@pytest.mark.parametrize("frequency_hz", [110.0, 440.0, 3000.0])
def test_a_tone_is_harmonic(frequency_hz: float) -> None:
    assert share(tone(frequency_hz, 6.0, rate_hz=RATE_HZ)) > 0.9


def test_a_rich_tone_is_harmonic() -> None:
    assert share(saw(220.0, 6.0, rate_hz=RATE_HZ)) > 0.9


def test_clicks_are_percussive() -> None:
    assert share(clicks(6.0)) < 0.1


def test_a_mixture_lies_where_its_energies_say() -> None:
    tones, strokes = tone(440.0, 6.0, rate_hz=RATE_HZ, peak=0.02), clicks(6.0)
    expected = np.square(tones).sum() / (np.square(tones).sum() + np.square(strokes).sum())
    assert share(tones + strokes) == pytest.approx(expected, abs=0.1)


def test_noise_is_neither() -> None:
    assert share(white_noise(6.0, rate_hz=RATE_HZ)) == pytest.approx(0.5, abs=0.1)


def test_the_curve_tells_when_strokes_come() -> None:
    samples = np.concatenate([tone(440.0, 4.0, rate_hz=RATE_HZ), clicks(4.0)])
    arrays = found(samples).arrays
    curve, times_s, heard = (arrays[name] for name in ("harmonic_over_time", "times_s", "audible"))
    assert np.nanmin(curve[heard & (times_s < 3.5)]) > 0.9
    assert np.nanmax(curve[heard & (times_s > 4.5)]) < 0.1


def test_results_do_not_depend_on_where_blocks_end() -> None:
    samples = tone(440.0, 4.0, rate_hz=RATE_HZ, peak=0.1) + clicks(4.0)
    whole, parts = found(samples), found(samples, block_columns=37)
    for name, array in whole.arrays.items():
        np.testing.assert_allclose(parts.arrays[name], array, rtol=1e-5)


def test_silence_is_empty() -> None:
    assert found(silence(4.0, rate_hz=RATE_HZ)).empty_reason is EmptyReason.NOTHING_DETECTED
