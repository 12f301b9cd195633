"""Speech pace: how fast and how fluently is spoken, from when words are said and speech pauses."""

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.speech_pace_schema import SCHEMA
from application.ports.components import Arrays, Component, Inputs, Measurement
from domain.component import ComponentSpec, EmptyReason, Kind, Modality

SPEC = ComponentSpec(
    name="speech_pace",
    modality=Modality.AUDIO,
    kind=Kind.COMPUTED,
    producer_version="1",
    schema_version="1",
    needs=("speech_transcript", "voice_activity"),
)

_WORDS_MIN = 10
_STEP_S, _WINDOW_S = 2.0, 10.0
_WINDOW_SPEECH_S_MIN = 2.0
_MINUTE_S = 60.0

Bounds = NDArray[np.float64]


def measure(inputs: Inputs) -> Measurement:
    """Empty with fewer than ten words: one word more or less would change the pace by a tenth."""
    said, activity = inputs.artifacts["speech_transcript"], inputs.artifacts["voice_activity"]
    words_s = said["word_bounds_s"]
    if len(words_s) < _WORDS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "fewer than ten words")
    understood_s = said["understood_bounds_s"]
    speech_s = _length_s(_common(activity["speech_bounds_s"], understood_s))
    pauses_s = _common(activity["pause_bounds_s"], understood_s)
    spoken_s = speech_s + _length_s(pauses_s)
    if speech_s <= 0:
        return Measurement.empty(EmptyReason.NO_SPEECH)
    middles_s = words_s.mean(axis=1)
    times_s, curve = _over_time(middles_s, activity, understood_s)
    known = curve[np.isfinite(curve)]
    return Measurement(
        {
            "words_per_minute": np.array(_MINUTE_S * len(words_s) / spoken_s),
            "articulation_per_s": np.array(float(said["word_syllables"].sum()) / speech_s),
            "pause_share": np.array(_length_s(pauses_s) / spoken_s),
            "pauses_per_minute": np.array(_MINUTE_S * len(pauses_s) / spoken_s),
            "fillers_per_minute": np.array(_MINUTE_S * float(said["fillers"].sum()) / spoken_s),
            "question_count": np.array(int(said["question_ends"].sum()), dtype=np.int64),
            "pace_range": np.array(float(np.ptp(known)) if len(known) else np.nan),
            "ranged": np.array(bool(len(known))),
            "times_s": times_s,
            "pace": curve.astype(np.float32),
            "paced": np.isfinite(curve),
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _over_time(
    middles_s: NDArray[np.float64], activity: Arrays, understood_s: Bounds
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Words a minute in 10 s around moments 2 s apart; NaN where hardly anybody speaks."""
    last_s = float(understood_s[-1, 1])
    times_s = np.arange(_STEP_S / 2, max(last_s, _STEP_S), _STEP_S)
    spoken = np.concatenate([activity["speech_bounds_s"], activity["pause_bounds_s"]])
    spoken_s = _common(spoken[np.argsort(spoken[:, 0])], understood_s)
    curve = np.full(len(times_s), np.nan)
    for at, time_s in enumerate(times_s):
        window = np.array([[time_s - _WINDOW_S / 2, time_s + _WINDOW_S / 2]])
        length_s = _length_s(_common(spoken_s, window))
        if length_s >= _WINDOW_SPEECH_S_MIN:
            is_inside = (middles_s >= window[0, 0]) & (middles_s < window[0, 1])
            curve[at] = _MINUTE_S * is_inside.sum() / length_s
    return times_s, curve


def _common(some_s: Bounds, others_s: Bounds) -> Bounds:
    """What lies in both, shape (n, 2)."""
    starts = np.maximum(some_s[:, None, 0], others_s[None, :, 0]).ravel()
    stops = np.minimum(some_s[:, None, 1], others_s[None, :, 1]).ravel()
    return np.stack([starts, stops], axis=1)[stops > starts]


def _length_s(bounds_s: Bounds) -> float:
    return float((bounds_s[:, 1] - bounds_s[:, 0]).sum())
