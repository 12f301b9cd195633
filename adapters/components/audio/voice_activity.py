"""Voice activity: when somebody speaks and when they pause, by the served model Silero VAD."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.voice_activity_schema import SCHEMA
from application.ports.components import Component, Inputs, Measurement, Sound
from application.ports.inference import Inference
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality, SoundKind

MODEL = "silero_vad"

SPEC = ComponentSpec(
    name="voice_activity",
    modality=Modality.AUDIO,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="1",
    schema_version="1",
    sounds=(SoundKind.SPEECH,),
    cost=Cost.SOUND_SECONDS,
    tier0=True,
)

RATE_HZ = 16_000
WINDOW = 512
_CONTEXT = 64
_WINDOW_S = WINDOW / RATE_HZ
_SOUND_S_MIN = 1.0
_LEVEL_MIN = 1e-3
# The thresholds and durations that the authors of Silero VAD use: on above one probability, off
# only below a lower one that lasts, so that a stretch does not break at every consonant.
_ON, _OFF = 0.5, 0.35
_OFF_WINDOWS = 4
_SPEECH_S_MIN = 0.25
PAUSE_S_MIN, PAUSE_S_MAX = 0.25, 3.0


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than a second of sound, or none of it above -60 dBFS."""
    sound = inputs.sounds[SoundKind.SPEECH]
    if sound.rate_hz != RATE_HZ:
        raise ValueError(f"voice_activity reads sound of {RATE_HZ} Hz, not {sound.rate_hz}")
    if sound.sample_count < _SOUND_S_MIN * RATE_HZ:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of sound")
    parts, loudest = [np.zeros(0, dtype=np.float32)], 0.0
    for probabilities, level in _listened(sound, inputs.served):
        parts.append(probabilities)
        loudest = max(loudest, level)
    if loudest < _LEVEL_MIN:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing above -60 dBFS")
    return Measurement(_arrays(np.concatenate(parts), sound.sample_count / RATE_HZ))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _listened(sound: Sound, served: Inference) -> Iterator[tuple[NDArray[np.float32], float]]:
    """The probability of speech in windows of 32 ms, and the loudest window's RMS, by block.

    The network remembers: its state goes from block to block. A rest that fills no window is
    left out.
    """
    held = np.zeros(_CONTEXT, dtype=np.float32)
    state = np.zeros((1, 2, 128), dtype=np.float32)
    for block in sound.blocks():
        held = np.concatenate([held, np.clip(block.samples[:, 0], -1, 1)])
        count = (len(held) - _CONTEXT) // WINDOW
        if count == 0:
            continue
        views = np.lib.stride_tricks.sliding_window_view(held, _CONTEXT + WINDOW)
        windows = np.ascontiguousarray(views[::WINDOW][:count])
        answer = served.infer(MODEL, {"windows": windows[None], "state": state})
        state, held = answer["state_after"], held[count * WINDOW :]
        yield answer["speech"][0], float(np.sqrt(np.square(windows).mean(axis=1).max()))


def _arrays(
    probabilities: NDArray[np.float32], duration_s: float
) -> dict[str, NDArray[np.generic]]:
    bounds_s = np.minimum(stretches(probabilities) * _WINDOW_S, duration_s)
    gaps_s = np.stack([bounds_s[:-1, 1], bounds_s[1:, 0]], axis=1)
    lasting_s = gaps_s[:, 1] - gaps_s[:, 0]
    pauses_s = gaps_s[(lasting_s >= PAUSE_S_MIN) & (lasting_s <= PAUSE_S_MAX)]
    lengths_s = pauses_s[:, 1] - pauses_s[:, 0]
    speech_s = float((bounds_s[:, 1] - bounds_s[:, 0]).sum())
    return {
        "speech_share": np.array(min(1.0, speech_s / duration_s)),
        "speech_s": np.array(speech_s),
        "first_speech_s": np.array(bounds_s[0, 0] if len(bounds_s) else np.nan),
        "pauses_per_minute": np.array(60 * len(pauses_s) / speech_s if speech_s else np.nan),
        "spoken": np.array(bool(len(bounds_s))),
        "pause_median_s": np.array(np.median(lengths_s) if len(pauses_s) else np.nan),
        "paused": np.array(bool(len(pauses_s))),
        "speech_bounds_s": bounds_s,
        "pause_bounds_s": pauses_s,
        "times_s": (np.arange(len(probabilities)) + 0.5) * _WINDOW_S,
        "speech_probability": probabilities,
    }


def stretches(probabilities: NDArray[np.float32]) -> NDArray[np.float64]:
    """First and past-the-last window of each stretch of speech, shape (n, 2)."""
    found: list[tuple[int, int]] = []
    start, last = -1, -1
    for at, probability in enumerate([*probabilities.tolist(), *[0.0] * _OFF_WINDOWS]):
        if start < 0 and probability >= _ON:
            start = last = at
        elif start >= 0 and probability >= _OFF:
            last = at
        elif start >= 0 and at - last >= _OFF_WINDOWS:
            found.append((start, last + 1))
            start = -1
    bounds = np.asarray(found, dtype=np.float64).reshape(-1, 2)
    return bounds[(bounds[:, 1] - bounds[:, 0]) * _WINDOW_S >= _SPEECH_S_MIN]
