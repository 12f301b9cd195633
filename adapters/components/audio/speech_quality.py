"""Speech quality: how good a voice sounds, as people would rate it, by the served model DNSMOS."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.excerpts import Excerpt, excerpts
from adapters.components.audio.speech_quality_schema import SCHEMA
from application.ports.components import Component, Inputs, Measurement, Sound
from application.ports.inference import Inference
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality, SoundKind

MODEL = "dnsmos"

SPEC = ComponentSpec(
    name="speech_quality",
    modality=Modality.AUDIO,
    kind=Kind.SERVED_MODEL,
    models=(MODEL,),
    producer_version="2",
    schema_version="1",
    uses=("voice_activity",),
    sounds=(SoundKind.SPEECH,),
    cost=Cost.SOUND_SECONDS,
    memory_mib=600,
)

RATE_HZ = 16_000
_WINDOW = 144_160
_WINDOW_S = _WINDOW / RATE_HZ
_STEP_S = 4.5
_WINDOWS_MAX = 60
_BATCH = 4
_SOUND_S_MIN = 1.0
_LEVEL_MIN = 1e-3
_SPEECH_SHARE_MIN = 0.2
_LOW = 0.1
RATING_MIN, RATING_MAX = 1.0, 5.0


def measure(inputs: Inputs) -> Measurement:
    """Empty under a second of sound, below -60 dBFS, or with hardly any speech by `voice_activity`.

    Without `voice_activity` everything is rated as if somebody spoke.
    """
    sound = inputs.sounds[SoundKind.SPEECH]
    if sound.rate_hz != RATE_HZ:
        raise ValueError(f"speech_quality reads sound of {RATE_HZ} Hz, not {sound.rate_hz}")
    if sound.sample_count < _SOUND_S_MIN * RATE_HZ:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of sound")
    starts_s = _starts_s(sound.sample_count / RATE_HZ)
    if "voice_activity" in inputs.artifacts:
        spoken_s = inputs.artifacts["voice_activity"]["speech_bounds_s"]
        if not len(spoken_s):
            return Measurement.empty(EmptyReason.NO_SPEECH)
        length_s = min(_WINDOW_S, sound.sample_count / RATE_HZ)
        shares = _speech_shares(starts_s, spoken_s, length_s=length_s)
        starts_s = starts_s[shares >= _SPEECH_SHARE_MIN]
        if not len(starts_s):
            return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "speech only in passing")
    rated = list(_rated(sound, starts_s, inputs.served))
    if not rated:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing above -60 dBFS")
    times_s, ratings = zip(*rated, strict=True)
    return Measurement(_arrays(np.concatenate(times_s), np.concatenate(ratings)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _starts_s(duration_s: float) -> NDArray[np.float64]:
    """A window every 4.5 s, and at most 60 of them over the whole sound."""
    last_s = max(0.0, duration_s - _WINDOW_S)
    step_s = max(_STEP_S, last_s / (_WINDOWS_MAX - 1))
    return np.arange(0.0, last_s + 1e-9, step_s)


def _speech_shares(
    starts_s: NDArray[np.float64], spoken_s: NDArray[np.float64], *, length_s: float
) -> NDArray[np.float64]:
    """How much of each window is speech."""
    stops_s = starts_s + length_s
    begins = np.maximum(starts_s[:, None], spoken_s[None, :, 0])
    ends = np.minimum(stops_s[:, None], spoken_s[None, :, 1])
    return np.asarray(np.maximum(0, ends - begins).sum(axis=1) / length_s)


_Rated = tuple[NDArray[np.float64], NDArray[np.float32]]


def _rated(sound: Sound, starts_s: NDArray[np.float64], served: Inference) -> Iterator[_Rated]:
    """Middles and ratings, shape (n, 3), of the windows that are loud enough, some at a time."""
    firsts = np.round(starts_s * RATE_HZ).astype(int)
    bounds = [(int(first), int(first) + _WINDOW) for first in firsts]
    held: list[tuple[float, Excerpt]] = []
    for start_s, samples in zip(starts_s, excerpts(sound, bounds), strict=True):
        if float(np.sqrt(np.square(samples).mean())) >= _LEVEL_MIN:
            held.append((start_s + len(samples) / RATE_HZ / 2, _filled(samples)))
        if len(held) == _BATCH:
            yield _asked(held, served)
            held = []
    if held:
        yield _asked(held, served)


def _filled(samples: Excerpt) -> Excerpt:
    """A shorter sound is repeated, as the authors of DNSMOS do."""
    return np.tile(samples, -(-_WINDOW // len(samples)))[:_WINDOW]


def _asked(held: list[tuple[float, Excerpt]], served: Inference) -> _Rated:
    answer = served.infer(MODEL, {"samples": np.stack([samples for _, samples in held])})
    # The published polynomials leave the scale for sounds that nobody rated.
    ratings = np.clip(answer["scores"], RATING_MIN, RATING_MAX)
    return np.array([middle_s for middle_s, _ in held]), ratings


def _arrays(
    times_s: NDArray[np.float64], ratings: NDArray[np.float32]
) -> dict[str, NDArray[np.generic]]:
    signal, background, overall = ratings.astype(np.float64).T
    return {
        "overall": np.array(overall.mean()),
        "signal": np.array(signal.mean()),
        "background": np.array(background.mean()),
        "overall_low": np.array(np.quantile(overall, _LOW)),
        "times_s": times_s,
        "overall_curve": ratings[:, 2],
        "signal_curve": ratings[:, 0],
        "background_curve": ratings[:, 1],
    }
