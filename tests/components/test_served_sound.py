"""Sound components that ask models, on sound that has little in common with speech or music."""

from dataclasses import replace

import numpy as np
import pytest

from adapters.components.audio import (
    audio_events,
    speaker_turns,
    speech_quality,
    speech_transcript,
    voice_activity,
)
from adapters.components.audio.speech_transcript import LanguageNotServed
from adapters.memory.inference import MemoryInference
from application.ports.components import Component, Measurement
from application.ports.inference import Inference, ModelNotFound
from domain.component import EmptyReason, SoundKind
from tests.components.inputs import measured, sound_inputs
from tests.components.served import needing
from tests.components.signals import Samples, white_noise
from tests.components.test_sound_robustness import STRANGE

RATE_HZ = 16_000
COMPONENTS = [
    voice_activity.COMPONENT,
    audio_events.COMPONENT,
    speech_quality.COMPONENT,
    speaker_turns.COMPONENT,
    speech_transcript.COMPONENT,
]
REASONS = {EmptyReason.NOTHING_DETECTED, EmptyReason.NO_SPEECH, EmptyReason.TOO_LITTLE_MATERIAL}


def _named(component: Component) -> str:
    return component.spec.name


def _measured(component: Component, samples: Samples, served: Inference) -> Measurement:
    """Voice activity first, as in a run: where it is empty, so is what needs it."""
    made = sound_inputs(component, {SoundKind.SPEECH: (samples, RATE_HZ)})
    made = replace(made, inference=served)
    if "voice_activity" in component.spec.needs:
        activity = measured(voice_activity.COMPONENT, made)
        if activity.empty_reason is not None:
            return activity
        made = replace(made, artifacts={"voice_activity": activity.arrays})
    return measured(component, made)


@pytest.mark.parametrize("component", COMPONENTS, ids=_named)
@pytest.mark.parametrize("strange", STRANGE)
def test_strange_sound_gives_a_valid_result_or_a_reason(
    component: Component, strange: str, served: Inference
) -> None:
    """R-206."""
    needing(*component.spec.models, *voice_activity.COMPONENT.spec.models)
    try:
        found = _measured(component, STRANGE[strange](RATE_HZ), served)
    except LanguageNotServed:
        return
    assert found.arrays or found.empty_reason in REASONS


@pytest.mark.parametrize("component", COMPONENTS, ids=_named)
def test_the_same_sound_gives_the_same_bits(component: Component, served: Inference) -> None:
    needing(*component.spec.models, *voice_activity.COMPONENT.spec.models)
    noise = white_noise(7, rate_hz=RATE_HZ, seed=8)
    first, second = (_measured(component, noise, served).arrays for _ in range(2))
    for name, array in first.items():
        assert array.tobytes() == second[name].tobytes(), name


@pytest.mark.parametrize("component", COMPONENTS, ids=_named)
def test_a_model_that_is_not_built_is_told_by_its_code(component: Component) -> None:
    """R-205: no stand-in, no result."""
    spoken = {"voice_activity": {"speech_bounds_s": np.array([[0.0, 6.0]])}}
    noise = {SoundKind.SPEECH: (white_noise(7, rate_hz=RATE_HZ), RATE_HZ)}
    needs = "voice_activity" in component.spec.needs
    made = sound_inputs(component, noise, artifacts=spoken if needs else None)
    with pytest.raises(ModelNotFound) as told:
        component.measure(replace(made, inference=MemoryInference()))
    assert told.value.code == "model_not_found"
