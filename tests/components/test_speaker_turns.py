"""Who speaks when: real voices joined where we know, and made voices that cannot be confused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from adapters.components.audio import voice_activity
from adapters.components.audio.speaker_turns import COMPONENT, speakers
from adapters.memory.inference import MadeModel, MemoryInference
from application.ports.components import Arrays, Inputs, Measurement
from application.ports.inference import Inference
from domain.component import EmptyReason, SoundKind
from domain.served_model import ServedModel
from tests.components.clips import OpenClip
from tests.components.inputs import measured, sound_inputs
from tests.components.served import needing
from tests.components.signals import Samples, silence, tone, white_noise

RATE_HZ = 16_000
KENNEDY, HILL, WEBB = "static_image_jfk.mp4", "talk_en_hill.mp4", "multi_stream_nasa.mp4"
RUSSIAN = "ru_slides_speech.mp4"


@pytest.fixture
def voices(clip: OpenClip, served: Inference) -> "Voices":
    needing(*COMPONENT.spec.models, *voice_activity.COMPONENT.spec.models)
    return Voices(clip, served)


class Voices:
    """Real voices one after another, measured."""

    def __init__(self, clip: OpenClip, served: Inference) -> None:
        self._clip = clip
        self._served = served

    def of(self, *names: str) -> Measurement:
        return self.measured(np.concatenate([self.sound(name) for name in names]))

    def measured(self, samples: Samples) -> Measurement:
        made = sound_inputs(COMPONENT, {SoundKind.SPEECH: (samples, RATE_HZ)})
        made = replace(made, inference=self._served)
        activity = voice_activity.COMPONENT.measure(made).arrays
        return measured(COMPONENT, replace(made, artifacts={"voice_activity": activity}))

    def sound(self, name: str) -> Samples:
        samples, _ = self._clip(f"real/{name}").sounds[SoundKind.SPEECH]
        return samples[:, 0].astype(np.float32)


@pytest.mark.requires("shared_media")
@pytest.mark.parametrize("name", [KENNEDY, HILL, WEBB, RUSSIAN, "letterbox_blur_vertical.mp4"])
def test_one_person_is_one_voice(voices: Voices, name: str) -> None:
    arrays = voices.of(name).arrays
    assert arrays["speaker_count"] == 1
    assert arrays["dominant_share"] == 1
    assert arrays["changes_per_minute"] == 0


@pytest.mark.requires("shared_media")
def test_voices_that_take_turns_are_told_apart(voices: Voices) -> None:
    """A president, a congresswoman, the president again, then a narrator."""
    names = (KENNEDY, HILL, KENNEDY, WEBB)
    arrays = voices.of(*names).arrays
    assert arrays["speaker_count"] == 3
    who = arrays["turn_speakers"].tolist()
    assert len(who) == 4
    assert who[0] == who[2]
    assert len(set(who)) == 3
    joints_s = np.cumsum([len(voices.sound(name)) / RATE_HZ for name in names])[:-1]
    changes_s = (arrays["turn_bounds_s"][:-1, 1] + arrays["turn_bounds_s"][1:, 0]) / 2
    np.testing.assert_allclose(changes_s, joints_s, atol=1.0)


@pytest.mark.requires("shared_media")
def test_the_same_voice_in_two_clips_is_one(voices: Voices) -> None:
    """Both clips have the same recording of one Russian speaker laid under them."""
    assert voices.of(RUSSIAN, "ru_vlog_vertical.mp4").arrays["speaker_count"] == 1


@pytest.mark.requires("shared_media")
def test_a_softer_voice_is_the_same_voice(voices: Voices) -> None:
    loud = voices.sound(RUSSIAN)
    assert voices.measured(np.concatenate([loud, 0.1 * loud])).arrays["speaker_count"] == 1


@pytest.mark.requires("shared_media")
def test_nothing_by_which_a_voice_could_be_found_again_is_kept(voices: Voices) -> None:
    """No vector leaves the component: every array is of times, shares or counts."""
    arrays = voices.of(KENNEDY).arrays
    assert max(array.size for array in arrays.values()) < 64


@settings(max_examples=25)
@given(
    turns=st.lists(st.tuples(st.integers(0, 4), st.floats(4, 12)), min_size=1, max_size=8),
    block_s=st.floats(0.2, 30),
)
def test_made_voices_are_told_apart_at_any_turns(
    turns: list[tuple[int, float]], block_s: float
) -> None:
    heights_hz = (200, 420, 900, 1900, 3900)
    lengths_s = [length_s for _, length_s in turns]
    made = np.concatenate([tone(heights_hz[who], s, rate_hz=RATE_HZ) for who, s in turns])
    stops_s = np.cumsum(lengths_s)
    spoken_s = np.stack([stops_s - lengths_s, stops_s], axis=1)
    arrays = measured(COMPONENT, _inputs(made, spoken_s, block_s=block_s)).arrays
    order = [who for who, _ in turns]
    expected = [who for at, who in enumerate(order) if at == 0 or who != order[at - 1]]
    assert arrays["speaker_count"] == len(set(order))
    assert len(arrays["turn_speakers"]) == len(expected)
    named = dict(zip(expected, arrays["turn_speakers"].tolist(), strict=True))
    assert [named[who] for who in expected] == arrays["turn_speakers"].tolist()
    assert arrays["speaker_shares"].sum() == pytest.approx(1)
    assert (np.diff(arrays["speaker_shares"]) <= 0.05).all()
    changes = np.flatnonzero(np.diff(order)) + 1
    np.testing.assert_allclose(arrays["turn_bounds_s"][1:, 0], spoken_s[changes, 0], atol=0.1)


@given(st.lists(st.floats(0.6, 3), min_size=8, max_size=40))
@settings(max_examples=20)
def test_one_voice_has_all_of_the_speech_to_the_last_bit(lengths_s: list[float]) -> None:
    """Sums in another order differ in their last bit, which the schema refuses."""
    stops_s = np.cumsum(np.asarray(lengths_s) + 0.1)
    spoken_s = np.stack([stops_s - lengths_s, stops_s], axis=1)
    made = tone(300, float(stops_s[-1]) + 1, rate_hz=RATE_HZ)
    assert measured(COMPONENT, _inputs(made, spoken_s)).arrays["dominant_share"] == 1


def test_speakers_are_numbered_by_how_much_they_speak() -> None:
    one, other = np.eye(256, dtype=np.float32)[:2]
    found = speakers(np.stack([one, other, other, other, one]))
    assert found.tolist() == [1, 0, 0, 0, 1]


def test_a_lone_window_goes_to_the_voice_that_is_most_like_it() -> None:
    one, other = np.eye(256, dtype=np.float32)[:2]
    between = np.asarray([0.5, 0.2, *[0.0] * 253, 0.84], dtype=np.float32)
    assert speakers(np.stack([one, one, between, other, other])).tolist() == [0, 0, 0, 1, 1]


def test_no_speech_is_empty() -> None:
    found = measured(COMPONENT, _inputs(silence(8, rate_hz=RATE_HZ), np.zeros((0, 2))))
    assert found.empty_reason is EmptyReason.NO_SPEECH


@pytest.mark.parametrize(
    "spoken_s", [[[0.0, 2.9]], [[0.1 * at, 0.1 * at + 0.05] for at in range(80)]]
)
def test_little_speech_is_too_little(spoken_s: Sequence[Sequence[float]]) -> None:
    made = white_noise(9, rate_hz=RATE_HZ)
    found = measured(COMPONENT, _inputs(made, np.asarray(spoken_s)))
    assert found.empty_reason is EmptyReason.TOO_LITTLE_MATERIAL


def _inputs(samples: Samples, spoken_s: NDArray[np.float64], *, block_s: float = 30.0) -> Inputs:
    artifacts: Mapping[str, Arrays] = {"voice_activity": {"speech_bounds_s": spoken_s}}
    sounds = {SoundKind.SPEECH: (samples, RATE_HZ)}
    made = sound_inputs(COMPONENT, sounds, artifacts=artifacts, block_s=block_s)
    return replace(made, inference=_made())


def _made() -> MemoryInference:
    """Tells voices by the bands in which they are loudest: tones of other heights never meet."""
    served = ServedModel(
        name="ge2e", version="1", weights_sha256="0" * 64, engine="made", batch_max=16
    )

    def listen(given_: Arrays) -> Arrays:
        loud = np.zeros((len(given_["mel"]), 256), dtype=np.float32)
        loud[:, :40] = given_["mel"].mean(axis=1)
        return {"voice": loud / np.linalg.norm(loud, axis=1, keepdims=True)}

    inputs = {"mel": ((160, 40), "float32")}
    return MemoryInference({"ge2e": MadeModel(served=served, inputs=inputs, compute=listen)})
