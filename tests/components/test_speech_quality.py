"""Ratings of speech: noise and clipping make it worse, the more of it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.components.audio.speech_quality import COMPONENT, RATING_MAX, RATING_MIN
from adapters.memory.inference import MadeModel, MemoryInference
from application.ports.components import Arrays, Inputs
from domain.component import EmptyReason, SoundKind
from domain.served_model import ServedModel
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.served import Ask
from tests.components.signals import Samples, pink_noise, silence, white_noise

RATE_HZ = 16_000


def _inputs(
    samples: Samples,
    *,
    artifacts: Mapping[str, Arrays] | None = None,
    block_s: float = 30.0,
) -> Inputs:
    sounds = {SoundKind.SPEECH: (samples, RATE_HZ)}
    return sound_inputs(COMPONENT, sounds, artifacts=artifacts, block_s=block_s)


def _voice(clip: OpenClip) -> Samples:
    samples, _ = clip("real/ru_slides_speech.mp4").sounds[SoundKind.SPEECH]
    return samples[:, 0].astype(np.float32)


@pytest.mark.requires("shared_media")
def test_ratings_fall_as_noise_rises(clip: OpenClip, asked: Ask) -> None:
    voice = _voice(clip)
    length_s = len(voice) / RATE_HZ
    overall, background = [], []
    for snr_db in (60, 20, 10, 0):
        rms = float(voice.std()) / 10 ** (snr_db / 20)
        noise = pink_noise(length_s, rate_hz=RATE_HZ, rms=rms)[: len(voice)]
        arrays = asked(COMPONENT, _inputs(voice + noise)).arrays
        overall.append(float(arrays["overall"]))
        background.append(float(arrays["background"]))
    assert overall == sorted(overall, reverse=True)
    assert background == sorted(background, reverse=True)
    assert overall[0] - overall[-1] > 1


@pytest.mark.requires("shared_media")
def test_a_clipped_voice_is_rated_lower(clip: OpenClip, asked: Ask) -> None:
    voice = _voice(clip)
    clipped = np.clip(voice * 20, -0.7, 0.7)
    clean = asked(COMPONENT, _inputs(voice)).arrays
    assert asked(COMPONENT, _inputs(clipped)).arrays["signal"] < clean["signal"] - 0.3


@pytest.mark.requires("shared_media")
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("ru_slides_speech.mp4", 2.5),
        ("talk_en_hill.mp4", 2.5),
        ("letterbox_blur_vertical.mp4", 2.5),
    ],
)
def test_recorded_voices_are_rated_above_noise(
    clip: OpenClip, asked: Ask, name: str, least: float
) -> None:
    found = asked(COMPONENT, clip(f"real/{name}").sound_inputs(COMPONENT)).arrays
    noise = asked(COMPONENT, _inputs(white_noise(10, rate_hz=RATE_HZ))).arrays
    assert found["overall"] > least > noise["overall"] + 0.5


def test_only_windows_with_speech_are_rated() -> None:
    spoken = {"voice_activity": {"speech_bounds_s": np.array([[20.0, 24.0]])}}
    model, inputs = _made(), _inputs(white_noise(60, rate_hz=RATE_HZ), artifacts=spoken)
    arrays = measured(COMPONENT, _with(inputs, model)).arrays
    assert arrays["times_s"].min() > 20 + 1.8 - 9.01 / 2 - 0.01
    assert arrays["times_s"].max() < 24 - 1.8 + 9.01 / 2 + 0.01
    assert len(arrays["times_s"]) == sum(count for _, count in model.calls) > 0


def test_a_short_sound_with_a_word_is_rated() -> None:
    """Of three seconds one is speech, though it is little of the nine that a window lasts."""
    spoken = {"voice_activity": {"speech_bounds_s": np.array([[1.0, 2.0]])}}
    inputs = _inputs(white_noise(3, rate_hz=RATE_HZ), artifacts=spoken)
    assert measured(COMPONENT, _with(inputs, _made())).arrays["times_s"].tolist() == [1.5]


def test_no_speech_is_empty() -> None:
    spoken = {"voice_activity": {"speech_bounds_s": np.zeros((0, 2))}}
    inputs = _inputs(white_noise(12, rate_hz=RATE_HZ), artifacts=spoken)
    found = measured(COMPONENT, _with(inputs, _made()))
    assert found.empty_reason is EmptyReason.NO_SPEECH


def test_a_word_in_passing_is_too_little_and_not_no_speech() -> None:
    """Half a second of a window of nine: somebody does speak, as `voice_activity` tells."""
    spoken = {"voice_activity": {"speech_bounds_s": np.array([[4.0, 4.5]])}}
    inputs = _inputs(white_noise(12, rate_hz=RATE_HZ), artifacts=spoken)
    found = measured(COMPONENT, _with(inputs, _made()))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def test_twenty_minutes_are_rated_by_60_windows_over_all_of_it() -> None:
    model = _made()
    sound = np.tile(white_noise(60, rate_hz=RATE_HZ), 20)
    arrays = measured(COMPONENT, _with(_inputs(sound), model)).arrays
    assert len(arrays["times_s"]) == 60
    assert arrays["times_s"][0] == pytest.approx(4.5, abs=0.01)
    assert arrays["times_s"][-1] == pytest.approx(1200 - 4.5, abs=0.1)


def test_silence_is_nothing() -> None:
    found = measured(COMPONENT, _with(_inputs(silence(12, rate_hz=RATE_HZ)), _made()))
    assert found.empty_reason is EmptyReason.NOTHING_DETECTED


@pytest.mark.parametrize("samples", [0, 1, 15_999])
def test_less_than_a_second_is_too_little(samples: int) -> None:
    sound = np.full(samples, 0.1, dtype=np.float32)
    found = measured(COMPONENT, _with(_inputs(sound), _made()))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


@settings(max_examples=25)
@given(
    duration_s=st.floats(1, 40),
    block_s=st.floats(0.1, 30),
    rating=st.floats(-3, 9, width=32),
)
def test_any_length_and_any_rating_give_a_valid_result(
    duration_s: float, block_s: float, rating: float
) -> None:
    model = _made(rating)
    inputs = _inputs(white_noise(duration_s, rate_hz=RATE_HZ), block_s=block_s)
    arrays = measured(COMPONENT, _with(inputs, model)).arrays
    assert arrays["overall"] == pytest.approx(min(RATING_MAX, max(RATING_MIN, rating)))
    assert 0 < arrays["times_s"][0] <= arrays["times_s"][-1] < duration_s


def _with(inputs: Inputs, model: MemoryInference) -> Inputs:
    return replace(inputs, inference=model)


def _made(rating: float = 3.0) -> MemoryInference:
    """Rates every window alike."""
    served = ServedModel(
        name="dnsmos", version="1", weights_sha256="0" * 64, engine="made", batch_max=4
    )

    def rate(given: Arrays) -> Arrays:
        return {"scores": np.full((len(given["samples"]), 3), rating, dtype=np.float32)}

    inputs = {"samples": ((144_160,), "float32")}
    return MemoryInference({"dnsmos": MadeModel(served=served, inputs=inputs, compute=rate)})
