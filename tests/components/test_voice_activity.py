"""Speech and pauses: real voices, silence laid between them, and what is no speech."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.audio.voice_activity import COMPONENT, stretches
from application.ports.components import Inputs
from domain.component import EmptyReason, SoundKind
from tests.components.clips import OpenClip
from tests.components.inputs import sound_inputs
from tests.components.served import Ask
from tests.components.signals import Samples, pink_noise, silence, tone, white_noise

RATE_HZ = 16_000


def _inputs(samples: Samples, *, block_s: float = 30.0) -> Inputs:
    return sound_inputs(COMPONENT, {SoundKind.SPEECH: (samples, RATE_HZ)}, block_s=block_s)


def _voice(clip: OpenClip) -> Samples:
    """Eleven seconds of a man's speech: of the 22 words the first is said at 0.3 s."""
    samples, _ = clip("real/static_image_jfk.mp4").sounds[SoundKind.SPEECH]
    return samples[:, 0].astype(np.float32)


@pytest.mark.requires("shared_media")
def test_speech_laid_between_silences_is_found_where_it_was_laid(
    clip: OpenClip, asked: Ask
) -> None:
    voice = _voice(clip)
    still = 1e-4 * white_noise(4, rate_hz=RATE_HZ, rms=1.0)
    made = np.concatenate([still, voice, still, voice, still])
    length_s = len(voice) / RATE_HZ
    arrays = asked(COMPONENT, _inputs(made)).arrays
    bounds_s = arrays["speech_bounds_s"]
    for start_s in (4.0, 8.0 + length_s):
        inside = (bounds_s[:, 1] > start_s) & (bounds_s[:, 0] < start_s + length_s)
        assert bounds_s[inside][0, 0] == pytest.approx(start_s + 0.3, abs=0.25)
        assert bounds_s[inside][-1, 1] == pytest.approx(start_s + 10.5, abs=0.4)
    laid_s = [(0, 4), (4 + length_s, 8 + length_s), (8 + 2 * length_s, 12 + 2 * length_s)]
    for start_s, stop_s in laid_s:
        middle = (arrays["times_s"] > start_s + 0.3) & (arrays["times_s"] < stop_s - 0.1)
        assert arrays["speech_probability"][middle].mean() < 0.05
    assert arrays["first_speech_s"] == bounds_s[0, 0]


@pytest.mark.requires("shared_media")
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("static_image_jfk.mp4", 0.6),
        ("talk_en_hill.mp4", 0.7),
        ("ru_slides_speech.mp4", 0.6),
        ("letterbox_blur_vertical.mp4", 0.6),
    ],
)
def test_real_speech_is_speech(clip: OpenClip, asked: Ask, name: str, least: float) -> None:
    arrays = asked(COMPONENT, clip(f"real/{name}").sound_inputs(COMPONENT)).arrays
    assert arrays["speech_share"] >= least
    assert arrays["spoken"]


@pytest.mark.requires("shared_media")
@pytest.mark.parametrize(
    "name", ["anim_bbb_30s.webm", "audio_longer.mp4", "fast_cuts_04s.mp4", "mpeg1.mpg"]
)
def test_music_and_birds_are_no_speech(clip: OpenClip, asked: Ask, name: str) -> None:
    arrays = asked(COMPONENT, clip(f"real/{name}").sound_inputs(COMPONENT)).arrays
    assert arrays["speech_share"] < 0.2


@pytest.mark.parametrize(
    "made",
    [
        white_noise(8, rate_hz=RATE_HZ),
        pink_noise(8, rate_hz=RATE_HZ),
        tone(440, 8, rate_hz=RATE_HZ),
        np.sum([tone(hertz, 8, rate_hz=RATE_HZ, peak=0.2) for hertz in (262, 330, 392)], axis=0),
    ],
    ids=["white noise", "pink noise", "a tone", "a chord"],
)
def test_made_sounds_are_no_speech(asked: Ask, made: Samples) -> None:
    arrays = asked(COMPONENT, _inputs(made)).arrays
    assert arrays["speech_share"] < 0.05
    assert not arrays["paused"]
    assert np.isnan(arrays["pause_median_s"])


@pytest.mark.requires("shared_media")
def test_speech_and_noise_are_ranked(clip: OpenClip, asked: Ask) -> None:
    """What is speech has the higher probability, window by window, even 10 dB above noise."""
    voice = _voice(clip)
    noise = white_noise(len(voice) / RATE_HZ, rate_hz=RATE_HZ, rms=float(voice.std()) / 10**0.5)
    clean = asked(COMPONENT, _inputs(voice)).arrays["speech_probability"]
    noisy = asked(COMPONENT, _inputs(voice + noise)).arrays["speech_probability"]
    assert np.median(noisy[clean > 0.9]) > np.quantile(noisy[clean < 0.1], 0.9)


@pytest.mark.requires("shared_media")
def test_results_do_not_depend_on_where_blocks_end(clip: OpenClip, asked: Ask) -> None:
    voice = _voice(clip)[: 5 * RATE_HZ]
    whole = asked(COMPONENT, _inputs(voice)).arrays
    small = asked(COMPONENT, _inputs(voice, block_s=0.7371)).arrays
    for name, expected in whole.items():
        np.testing.assert_allclose(small[name], expected, atol=1e-4, err_msg=name)


def test_silence_is_nothing(asked: Ask) -> None:
    found = asked(COMPONENT, _inputs(silence(8, rate_hz=RATE_HZ)))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.parametrize("samples", [0, 1, 15_999])
def test_less_than_a_second_is_too_little(asked: Ask, samples: int) -> None:
    found = asked(COMPONENT, _inputs(np.full(samples, 0.1, dtype=np.float32)))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def test_strange_levels_give_a_valid_result(asked: Ask) -> None:
    made = white_noise(3, rate_hz=RATE_HZ, rms=1e20)
    made[100:110] = np.nan
    assert asked(COMPONENT, _inputs(made)).arrays


probabilities = st.lists(st.floats(0, 1, width=32), max_size=200).map(
    lambda values: np.asarray(values, dtype=np.float32)
)


@given(probabilities)
def test_stretches_rise_apart_and_hold_all_that_is_sure(found: NDArray[np.float32]) -> None:
    bounds = stretches(found).astype(int)
    for (_, stop), (start, _) in pairwise(bounds):
        assert start - stop >= 4
    for start, stop in bounds:
        assert 0 <= start < stop <= len(found)
        assert found[start] >= 0.5
        assert found[stop - 1] >= 0.35
