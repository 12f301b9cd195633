"""Speech that says the same again and again is told from words that a recogniser makes up."""

from dataclasses import replace

import numpy as np
import pytest

from adapters.components.audio import voice_activity
from adapters.components.audio.listening import Heard
from adapters.components.audio.speech_cuts import LENGTH_S_MAX
from adapters.components.audio.speech_transcript import COMPONENT, transcribed
from adapters.memory.inference import MadeModel, MemoryInference
from application.ports.components import Arrays
from application.ports.inference import Inference
from domain.component import SoundKind
from domain.served_model import ServedModel
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.served import needing
from tests.components.signals import white_noise
from tests.components.word_errors import word_error_rate

RATE_HZ = 16_000
SAID = "And so, my fellow Americans,"
MANY = ("ask", "what", "you", "can", "do") * 14


@pytest.mark.requires("shared_media")
def test_a_sentence_that_is_said_again_and_again_is_understood(
    clip: OpenClip, served: Inference
) -> None:
    """A clip in a loop, a slogan, a chorus: six times the same is no sign of made-up words."""
    needing(*COMPONENT.spec.models, *voice_activity.COMPONENT.spec.models)
    samples, _ = clip("real/static_image_jfk.mp4").sounds[SoundKind.SPEECH]
    once = np.concatenate([samples[: round(3.2 * RATE_HZ), 0], np.zeros(RATE_HZ)])
    sounds = {SoundKind.SPEECH: (np.tile(once, 6).astype(np.float32), RATE_HZ)}
    made = replace(sound_inputs(COMPONENT, sounds), inference=served)
    spoken = voice_activity.COMPONENT.measure(made).arrays
    inputs = replace(made, artifacts={"voice_activity": spoken})
    text = " ".join(word for each in transcribed(inputs) for word in each.words)
    assert text.count("fellow Americans") == 6
    assert word_error_rate(" ".join([SAID] * 6), text) <= 0.15
    assert measured(COMPONENT, inputs).arrays["understood_share"] == 1


@pytest.mark.parametrize(
    ("log_probability", "tokens", "may_repeat"),
    [
        (-0.12, 112, True),  # a sentence in a loop
        (-0.12, 224, False),  # on to the last token of an answer
        (-0.86, 64, False),  # Russian
    ],
)
def test_repeated_words_are_heard_again_where_they_are_sure_and_in_time(
    log_probability: float, tokens: int, *, may_repeat: bool
) -> None:
    heard = Heard(
        start_s=0.0,
        length_s=26.9,
        words=MANY,
        bounds_s=np.zeros((len(MANY), 2)),
        probability=np.ones(len(MANY), np.float32),
        token_count=tokens,
        log_probability=log_probability,
        no_speech=0.0,
    )
    assert not heard.is_understood
    assert heard.may_repeat is may_repeat


def test_what_is_heard_again_is_heard_once_also_where_there_is_no_pause() -> None:
    """56 s without a pause: no piece reaches over to what the next stretch holds."""
    spoken = {
        "speech_bounds_s": np.array([[0.0, 56.0]]),
        "times_s": np.arange(0.016, 56, 0.032),
        "speech_probability": np.ones(1750, np.float32),
    }
    sounds = {SoundKind.SPEECH: (white_noise(56, rate_hz=RATE_HZ), RATE_HZ)}
    made = sound_inputs(COMPONENT, sounds, artifacts={"voice_activity": spoken})
    inputs = replace(made, inference=_repeating())
    arrays = measured(COMPONENT, inputs).arrays
    assert arrays["understood_share"] == 1
    bounds_s = arrays["understood_bounds_s"]
    assert len(bounds_s) > 4, "nothing was heard again in shorter pieces"
    assert np.diff(bounds_s).sum() == pytest.approx(56, abs=0.01)
    assert (np.diff(bounds_s.ravel()) >= -1e-6).all()


def _repeating() -> MemoryInference:
    """Hears the same over and over in a long stretch, two words in a short one."""
    served = ServedModel(
        name="whisper_tiny_en",
        version="9",
        weights_sha256="0" * 64,
        engine="made",
        batch_max=4,
        languages=("en",),
    )

    def listen(given: Arrays) -> Arrays:
        short = given["length_s"] <= LENGTH_S_MAX / 2
        counts = np.where(short, 2, len(MANY))
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
