"""The pace of people whose words are published, against the words counted and the sound timed."""

import subprocess
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from adapters.components.audio import speech_transcript, voice_activity
from adapters.components.audio.speech_pace import COMPONENT
from application.ports.components import Arrays
from application.ports.inference import Inference
from domain.component import SoundKind
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.served import needing
from tests.components.signals import Samples, white_noise
from tests.components.test_speech_transcript import KENNEDY, MADE, WEBB

RATE_HZ = 16_000
WITHIN = 0.05
"""A word more or less of the thirty, or half a second at either end."""

Pace = Callable[[Samples], Arrays]


@pytest.fixture
def paced(served: Inference) -> Pace:
    """Voice, then words, then their pace, as in a run."""
    needing(*speech_transcript.COMPONENT.spec.models, *voice_activity.COMPONENT.spec.models)

    def pace(samples: Samples) -> Arrays:
        made = sound_inputs(COMPONENT, {SoundKind.SPEECH: (samples, RATE_HZ)})
        made = replace(made, inference=served)
        known: dict[str, Arrays] = {}
        for component in (voice_activity.COMPONENT, speech_transcript.COMPONENT, COMPONENT):
            known[component.spec.name] = measured(component, replace(made, artifacts=known)).arrays
        return known[COMPONENT.spec.name]

    return pace


def _sound(clip: OpenClip, name: str, *, longest_s: float | None = None) -> Samples:
    samples, _ = clip(f"real/{name}", longest_s=longest_s).sounds[SoundKind.SPEECH]
    return samples[:, 0].astype(np.float32)


def _sounding_s(samples: Samples) -> float:
    """From the first to the last moment within 15 dB of the loudest, in steps of 20 ms."""
    step = RATE_HZ // 50
    levels = samples[: len(samples) // step * step].reshape(-1, step).std(axis=1)
    heard = np.flatnonzero(levels > levels.max() / 10**0.75)
    return float(heard[-1] + 1 - heard[0]) / 50


SPOKEN = {
    "static_image_jfk.mp4": (KENNEDY, None),
    "h264.flv": (KENNEDY, None),
    "multi_stream_nasa.mp4": (WEBB, 12.47),
    "en_slides_tts.webm": (MADE, None),
}
"""What is said in clips whose words are published, and where the published words end."""


@pytest.mark.requires("shared_media")
@pytest.mark.parametrize("name", SPOKEN)
def test_the_pace_is_that_of_the_published_words(
    clip: OpenClip, paced: Pace, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    said, longest_s = SPOKEN[name]
    sound = _sound(clip, name, longest_s=longest_s)
    truth = 60 * len(said.split()) / _sounding_s(sound)
    found = paced(sound)["words_per_minute"]
    with capsys.disabled():
        print(f" {name}: {found:.0f} words a minute of {truth:.0f}")  # noqa: T201 - asked for
    assert found == pytest.approx(truth, rel=WITHIN)


@pytest.mark.requires("shared_media", "ffmpeg")
@pytest.mark.parametrize("faster", [0.8, 1.25])
def test_speech_played_faster_at_the_same_pitch_has_a_pace_as_much_higher(
    clip: OpenClip, paced: Pace, faster: float
) -> None:
    voice = _sound(clip, "static_image_jfk.mp4")
    before, after = (paced(each) for each in (voice, _played(voice, faster=faster)))

    for name in ("words_per_minute", "articulation_per_s"):
        assert after[name] / before[name] == pytest.approx(faster, rel=WITHIN), name


@pytest.mark.requires("shared_media")
def test_silence_between_two_speeches_changes_no_pace(clip: OpenClip, paced: Pace) -> None:
    """Ten seconds in which nobody speaks are no pause of a speaker."""
    voice = _sound(clip, "static_image_jfk.mp4")
    still = white_noise(10, rate_hz=RATE_HZ, rms=1e-4)
    alone, apart = paced(voice), paced(np.concatenate([voice, still, voice]))

    assert apart["words_per_minute"] == pytest.approx(float(alone["words_per_minute"]), rel=WITHIN)
    assert apart["pause_share"] == pytest.approx(float(alone["pause_share"]), abs=0.03)
    quiet = np.abs(apart["times_s"] - (len(voice) / RATE_HZ + 5)) < 1
    assert not apart["paced"][quiet].any()


def _played(samples: Samples, *, faster: float) -> Samples:
    """Time drawn together or apart without moving the pitch."""
    raw = ["-f", "f32le", "-ar", str(RATE_HZ), "-ac", "1"]
    command = ["ffmpeg", "-v", "error", *raw, "-i", "pipe:0", "-af", f"atempo={faster}"]
    given = samples.astype("<f4").tobytes()
    told = subprocess.run([*command, *raw, "pipe:1"], input=given, capture_output=True, check=True)
    return np.frombuffer(told.stdout, dtype="<f4")
