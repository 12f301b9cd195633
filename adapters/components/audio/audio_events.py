"""Audio events: speech, singing and music over time, by the served model FireRedVAD-AED."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.audio_events_schema import EVENTS, SCHEMA
from adapters.components.audio.excerpts import excerpts
from adapters.components.audio.kaldi_mel import FRAME, HOP, RATE_HZ, kaldi_mel
from application.ports.components import Component, Inputs, Measurement, Sound
from application.ports.inference import Inference
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality, SoundKind

MODEL = "firered_aed"

SPEC = ComponentSpec(
    name="audio_events",
    modality=Modality.AUDIO,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="1",
    schema_version="1",
    sounds=(SoundKind.SPEECH,),
    cost=Cost.SOUND_SECONDS,
    tier0=True,
)

_SOUND_S_MIN = 1.0
_LEVEL_MIN = 1e-3
_CHUNK = 1000
_REACH = 160
"""The network looks 1.6 s to either side: eight layers of 20 frames."""
_AVERAGED = 10
_AVERAGED_S = _AVERAGED * HOP / RATE_HZ
_PRESENT = 0.5
_LASTING = 5
_GAP = 5


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than a second of sound, or none of it above -60 dBFS."""
    sound = inputs.sounds[SoundKind.SPEECH]
    if sound.rate_hz != RATE_HZ:
        raise ValueError(f"audio_events reads sound of {RATE_HZ} Hz, not {sound.rate_hz}")
    if sound.sample_count < _SOUND_S_MIN * RATE_HZ:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of sound")
    parts, loudest = [], 0.0
    for probabilities, level in _heard(sound, inputs.served):
        parts.append(probabilities)
        loudest = max(loudest, level)
    if loudest < _LEVEL_MIN:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing above -60 dBFS")
    return Measurement(_arrays(_averaged(np.concatenate(parts))))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _heard(sound: Sound, served: Inference) -> Iterator[tuple[NDArray[np.float32], float]]:
    """Probabilities every 10 ms, shape (n, 3), and the RMS of the loudest tenth of a second."""
    frames = 1 + (sound.sample_count - FRAME) // HOP
    starts = range(0, frames, _CHUNK)
    wanted = [(max(0, at - _REACH), min(frames, at + _CHUNK + _REACH)) for at in starts]
    bounds = [(first * HOP, (last - 1) * HOP + FRAME) for first, last in wanted]
    for at, (first, _), samples in zip(starts, wanted, excerpts(sound, bounds), strict=True):
        answer = served.infer(MODEL, {"mel": kaldi_mel(samples)[None]})["events"][0]
        power = np.square(samples[: len(samples) // HOP * HOP]).reshape(-1, HOP).mean(axis=1)
        yield answer[at - first :][:_CHUNK], float(np.sqrt(power.max()))


def _averaged(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Means over tenths of a second; a rest shorter than that is left out."""
    count = len(probabilities) // _AVERAGED
    parts = probabilities[: count * _AVERAGED].reshape(count, _AVERAGED, len(EVENTS))
    return np.asarray(parts.mean(axis=1), dtype=np.float32)


def _arrays(probabilities: NDArray[np.float32]) -> dict[str, NDArray[np.generic]]:
    arrays: dict[str, NDArray[np.generic]] = {
        "times_s": (np.arange(len(probabilities)) + 0.5) * _AVERAGED_S,
        "probabilities": probabilities,
        "labels": np.array(EVENTS),
    }
    for index, event in enumerate(EVENTS):
        bounds = lasting(probabilities[:, index] >= _PRESENT)
        arrays[f"{event}_bounds_s"] = bounds * _AVERAGED_S
        covered = float((bounds[:, 1] - bounds[:, 0]).sum())
        arrays[f"{event}_share"] = np.array(covered / len(probabilities))
    return arrays


def lasting(present: NDArray[np.bool_]) -> NDArray[np.float64]:
    """First and past-the-last place of each stretch, shape (n, 2).

    Gaps of under half a second are closed; what then lasts under half a second is dropped.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], present.view(np.int8), [0]])))
    starts, stops = edges[::2], edges[1::2]
    apart = starts[1:] - stops[:-1] >= _GAP
    joined = (
        np.stack(
            [starts[np.concatenate([[True], apart])], stops[np.concatenate([apart, [True]])]],
            axis=1,
        )
        if len(starts)
        else np.zeros((0, 2))
    )
    return np.asarray(joined[joined[:, 1] - joined[:, 0] >= _LASTING], dtype=np.float64)
