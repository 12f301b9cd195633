"""Speech that says the same again and again is told from words that a recogniser makes up."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.components.audio import voice_activity
from adapters.components.audio.speech_transcript import (
    COMPONENT,
    LanguageNotServed,
    transcribed,
)
from adapters.memory.inference import MadeModel, MemoryInference
from application.ports.components import Arrays, Inputs
from application.ports.inference import Inference
from domain.component import SoundKind
from domain.served_model import ServedModel
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs, spoken_inputs
from tests.components.served import needing
from tests.components.word_errors import word_error_rate

RATE_HZ = 16_000
SAID = "And so, my fellow Americans,"
WORDS_OF_HILL = 17
MANY = ("ask", "what", "you", "can", "do") * 14


@pytest.mark.requires("shared_media")
def test_a_sentence_that_is_said_again_and_again_is_understood(
    clip: OpenClip, served: Inference
) -> None:
    """A clip in a loop, a slogan, a chorus: six times the same is no sign of made-up words."""
    needing(*COMPONENT.spec.models, *voice_activity.COMPONENT.spec.models)
    samples, _ = clip("real/static_image_jfk.mp4").sounds[SoundKind.SPEECH]
    once = np.concatenate([samples[: round(3.2 * RATE_HZ), 0], np.zeros(RATE_HZ)])
    inputs = _looped(once, 6, served)
    text = " ".join(word for each in transcribed(inputs) for word in each.words)
    assert text.count("fellow Americans") == 6
    assert word_error_rate(" ".join([SAID] * 6), text) <= 0.15
    assert measured(COMPONENT, inputs).arrays["understood_share"] == 1


@pytest.mark.requires("shared_media")
def test_a_recogniser_that_does_not_come_out_of_a_loop_hears_less_at_once(
    clip: OpenClip, served: Inference
) -> None:
    """A speaker's 5.6 s over and over: "in a disc and a disc and…" is made of half a minute."""
    needing(*COMPONENT.spec.models, *voice_activity.COMPONENT.spec.models)
    samples, _ = clip("real/talk_en_hill.mp4").sounds[SoundKind.SPEECH]
    once = np.concatenate([samples[:, 0], np.zeros(RATE_HZ // 10, np.float32)])
    arrays = measured(COMPONENT, _looped(once, 12, served)).arrays
    assert arrays["understood_share"] >= 0.9
    assert arrays["word_count"] == pytest.approx(WORDS_OF_HILL * 12, rel=0.15)


@pytest.mark.parametrize("understood_s", [14.0, 6.0])
def test_what_is_repetitive_is_heard_again_in_ten_seconds_and_then_in_five(
    understood_s: float,
) -> None:
    arrays = measured(COMPONENT, _unbroken(_repeating(above_s=understood_s))).arrays
    assert arrays["understood_share"] == 1
    assert np.diff(arrays["understood_bounds_s"]).max() <= understood_s


def test_words_that_are_repetitive_however_little_is_heard_are_not_understood() -> None:
    with pytest.raises(LanguageNotServed):
        measured(COMPONENT, _unbroken(_repeating(above_s=0.0)))


def test_what_is_heard_again_is_heard_once_also_where_there_is_no_pause() -> None:
    """No piece reaches over to what the next stretch holds."""
    arrays = measured(COMPONENT, _unbroken(_repeating(above_s=14.0))).arrays
    assert arrays["understood_share"] == 1
    bounds_s = arrays["understood_bounds_s"]
    assert len(bounds_s) > 4, "nothing was heard again in shorter pieces"
    assert np.diff(bounds_s).sum() == pytest.approx(56, abs=0.01)
    assert (np.diff(bounds_s.ravel()) >= -1e-6).all()


def _looped(once: NDArray[np.float64], times: int, served: Inference) -> Inputs:
    """The same sound over and over, and where a voice is heard in it."""
    sounds = {SoundKind.SPEECH: (np.tile(once, times).astype(np.float32), RATE_HZ)}
    made = replace(sound_inputs(COMPONENT, sounds), inference=served)
    spoken = voice_activity.COMPONENT.measure(made).arrays
    return replace(made, artifacts={"voice_activity": spoken})


def _unbroken(inference: MemoryInference) -> Inputs:
    """56 s of speech without a pause."""
    made = spoken_inputs(COMPONENT, seconds=56, bounds_s=(0.0, 56.0))
    return replace(made, inference=inference)


def _repeating(*, above_s: float) -> MemoryInference:
    """Hears the same over and over in a stretch that is longer, two words in a shorter one."""
    served = ServedModel(
        name="whisper_tiny_en",
        version="9",
        weights_sha256="0" * 64,
        engine="made",
        batch_max=4,
        languages=("en",),
    )

    def listen(given: Arrays) -> Arrays:
        counts = np.where(given["length_s"] <= above_s, 2, len(MANY))
        bounds_s = np.repeat(np.linspace(0, 1, len(MANY) + 1, dtype=np.float32), 2)[1:-1]
        return {
            "words": np.array([MANY] * len(counts)),
            "word_bounds_s": np.stack([bounds_s.reshape(-1, 2)] * len(counts)),
            "word_probability": np.full((len(counts), len(MANY)), 0.9, np.float32),
            "word_count": counts,
            "token_count": counts,
            "log_probability": np.full(len(counts), -0.1, np.float32),
            "no_speech": np.zeros(len(counts), np.float32),
            "language": np.array(["en"] * len(counts)),
        }

    inputs = {"mel": ((80, 3000), "float32"), "length_s": ((), "float32")}
    return MemoryInference(
        {"whisper_tiny_en": MadeModel(served=served, inputs=inputs, compute=listen)}
    )
