"""Pitch: the fundamental frequency of one voice, its range and its leaps, by YIN.

Own code: librosa's pyin takes 7.7 CPU seconds for a minute of sound and its yin 0.6; this takes
0.15, because all frames of a block go through one transform.
"""

from collections.abc import Iterator

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.audio.pitch_schema import SCHEMA
from adapters.components.audio.yin import FRAME, RATE_HZ, fundamentals
from application.ports.components import Component, Inputs, Measurement, Sound
from domain.component import ComponentSpec, Cost, EmptyReason, Modality, SoundKind

SPEC = ComponentSpec(
    name="pitch",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="1",
    sounds=(SoundKind.SPEECH,),
    cost=Cost.SOUND_SECONDS,
)

_HOP = 160
_BATCH = 256
_FRAMES_MIN = 50
_APERIODICITY_MAX = 0.3
_LEVEL_MIN = 1e-3
_BELOW_LOUD = 10 ** (-40 / 20)
_RUN_FRAMES_MIN = 3
_JUMP_SEMITONES = 3.0
_JUMP_FRAMES_MAX = 10


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than half a second of sound, or none of it above -60 dBFS."""
    sound = inputs.sounds[SoundKind.SPEECH]
    if sound.rate_hz != RATE_HZ:
        raise ValueError(f"pitch reads sound of {RATE_HZ} Hz, not {sound.rate_hz}")
    parts = list(_frames(sound))
    f0_hz, aperiodicity, level = (np.concatenate(part) for part in zip(*parts, strict=True))
    if len(f0_hz) < _FRAMES_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 0.5 s of sound")
    if level.max() < _LEVEL_MIN:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing above -60 dBFS")
    times_s = (np.arange(len(f0_hz), dtype=np.float64) * _HOP + FRAME / 2) / RATE_HZ
    loud = level > max(_LEVEL_MIN, float(np.quantile(level, 0.95)) * _BELOW_LOUD)
    voiced = _long_runs(loud & (aperiodicity < _APERIODICITY_MAX))
    jumps = _jumps(f0_hz, voiced)
    low_hz, median_hz, high_hz = _range(f0_hz[voiced])
    return Measurement(
        {
            "voiced_share": np.array(float(voiced.mean())),
            "median_hz": np.array(median_hz),
            "low_hz": np.array(low_hz),
            "high_hz": np.array(high_hz),
            "range_semitones": np.array(12 * np.log2(high_hz / low_hz)),
            "jumps_per_s": np.array(len(jumps) / max(1.0, voiced.sum() * _HOP / RATE_HZ)),
            "pitched": np.array(bool(voiced.any())),
            "times_s": times_s,
            "f0_hz": np.where(voiced, f0_hz, np.float32(np.nan)),
            "voiced": voiced,
            "aperiodicity": aperiodicity,
            "jump_times_s": times_s[jumps],
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)

_Frames = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def _frames(sound: Sound) -> Iterator[_Frames]:
    """Frequency, aperiodicity and level of frames 10 ms apart, a batch at a time."""
    held = np.zeros(0, dtype=np.float32)
    yield held, held, held
    for block in sound.blocks():
        held = np.concatenate([held, block.samples[:, 0]])
        if len(held) < FRAME:
            continue
        frames = np.lib.stride_tricks.sliding_window_view(held, FRAME)[::_HOP]
        for first in range(0, len(frames), _BATCH):
            batch = np.ascontiguousarray(frames[first : first + _BATCH])
            level = np.sqrt(np.square(batch).mean(axis=1))
            yield *fundamentals(batch), level
        held = held[len(frames) * _HOP :]


def _long_runs(voiced: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without runs under 30 ms, which noise makes by chance."""
    opened = scipy.ndimage.binary_opening(voiced, np.ones(_RUN_FRAMES_MIN, dtype=np.bool_))
    return np.asarray(opened, dtype=np.bool_)


def _range(f0_hz: NDArray[np.float32]) -> tuple[float, float, float]:
    if not f0_hz.size:
        return (float("nan"),) * 3
    low_hz, median_hz, high_hz = np.quantile(f0_hz.astype(np.float64), [0.05, 0.5, 0.95])
    return float(low_hz), float(median_hz), float(high_hz)


def _jumps(f0_hz: NDArray[np.float32], voiced: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Frames after a leap: the pitch differs from that of the voiced frame before, 0.1 s at most.

    What follows another leap within 0.1 s is part of the same.
    """
    at = np.flatnonzero(voiced)
    semitones = np.abs(np.diff(12 * np.log2(f0_hz[at].astype(np.float64))))
    leaps = at[1:][(semitones > _JUMP_SEMITONES) & (np.diff(at) <= _JUMP_FRAMES_MAX)]
    apart = np.diff(leaps, prepend=-_JUMP_FRAMES_MAX - 1) > _JUMP_FRAMES_MAX
    return np.asarray(leaps[apart], dtype=np.int64)
