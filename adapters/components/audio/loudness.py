"""Loudness by EBU R 128: integrated, momentary and short-term, loudness range and true peak.

Own code, because the libraries want the whole sound in memory (pyloudnorm) or leave out loudness
range and true peak. Sources: ITU-R BS.1770-4 (K filter, channel weights, gates, true peak),
EBU Tech 3341 (windows), EBU Tech 3342 (loudness range).
"""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.audio.k_weighting import channel_weights, k_filter
from adapters.components.audio.loudness_schema import SCHEMA
from adapters.components.audio.true_peak import LEAD, true_peak
from application.ports.components import Component, Inputs, Measurement, Sound
from domain.component import ComponentSpec, Cost, EmptyReason, Modality, SoundKind

SPEC = ComponentSpec(
    name="loudness",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="1",
    sounds=(SoundKind.ORIGINAL,),
    cost=Cost.SOUND_SECONDS,
    tier0=True,
)

_HOPS_PER_S = 100
_CURVE_HOPS = 10
_MOMENTARY_HOPS = 40
_SHORT_TERM_HOPS = 300
_OFFSET_LUFS = -0.691
_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
_RANGE_GATE_LU = -20.0
_RANGE_PERCENTILES = (0.10, 0.95)


@dataclass(frozen=True, slots=True)
class _Levels:
    """What one pass over the sound leaves: powers of 10 ms hops, and the highest peak."""

    hop_s: float
    weighted: NDArray[np.float64]
    plain: NDArray[np.float64]
    peak: float


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than 3 s of sound, or none of it reaches -70 LUFS."""
    levels = _levels(inputs.sounds[SoundKind.ORIGINAL])
    if len(levels.weighted) < _SHORT_TERM_HOPS:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 3 s of sound")
    momentary = _sliding_mean(levels.weighted, _MOMENTARY_HOPS)
    short_term = _sliding_mean(levels.weighted, _SHORT_TERM_HOPS)
    gated = momentary[::_CURVE_HOPS]
    gated = gated[gated >= _power(_GATE_LUFS)]
    if not gated.size:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "nothing reaches -70 LUFS")
    above = gated[gated >= gated.mean() * 10 ** (_RELATIVE_GATE_LU / 10)]
    momentary_lufs, momentary_audible = _masked(momentary[::_CURVE_HOPS])
    short_term_lufs, short_term_audible = _masked(short_term[::_CURVE_HOPS])
    plain = _sliding_mean(levels.plain, _MOMENTARY_HOPS)[::_CURVE_HOPS]
    return Measurement(
        {
            "integrated_lufs": _lufs(above.mean()),
            "loudness_range_lu": np.array(_loudness_range(short_term[::_CURVE_HOPS])),
            "true_peak_dbtp": np.array(20 * np.log10(levels.peak)),
            "max_momentary_lufs": _lufs(momentary.max()),
            "max_short_term_lufs": _lufs(short_term.max()),
            "times_s": _centres(len(short_term_lufs), _SHORT_TERM_HOPS, levels.hop_s),
            "short_term_lufs": short_term_lufs,
            "short_term_audible": short_term_audible,
            "momentary_times_s": _centres(len(momentary_lufs), _MOMENTARY_HOPS, levels.hop_s),
            "momentary_lufs": momentary_lufs,
            "momentary_audible": momentary_audible,
            "rms": np.sqrt(plain).astype(np.float32),
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _levels(sound: Sound) -> _Levels:
    """One pass in blocks; what does not fill a hop waits for the next block."""
    weights, sections = channel_weights(sound.channels), k_filter(sound.rate_hz)
    hop = max(1, round(sound.rate_hz / _HOPS_PER_S))
    state = np.zeros((len(sections), 2, sound.channels))
    waiting = np.zeros((0, 2))
    before = np.zeros((LEAD, sound.channels), dtype=np.float32)
    weighted, plain, peak = [np.zeros(0)], [np.zeros(0)], 0.0
    for block in sound.blocks():
        filtered, state = scipy.signal.sosfilt(sections, block.samples, axis=0, zi=state)
        # Squared in place: a minute of sound is large.
        np.square(filtered, out=filtered)
        squares = np.square(block.samples).mean(axis=1, dtype=np.float64)
        powers = np.concatenate([waiting, np.stack([filtered @ weights, squares], axis=1)])
        count = len(powers) // hop
        means = powers[: count * hop].reshape(count, hop, 2).mean(axis=1)
        weighted.append(means[:, 0])
        plain.append(means[:, 1])
        waiting = powers[count * hop :]
        led = np.concatenate([before, block.samples])
        for channel in range(sound.channels):
            peak = true_peak(np.ascontiguousarray(led[:, channel]), at_least=peak)
        before = led[-LEAD:]
    return _Levels(hop / sound.rate_hz, np.concatenate(weighted), np.concatenate(plain), peak)


def _sliding_mean(powers: NDArray[np.float64], hops: int) -> NDArray[np.float64]:
    """The mean of each run of `hops` powers, shape (n - hops + 1,).

    Each run is summed by itself: a difference of running totals would leave the rounding error of a
    loud passage in the silence after it.
    """
    windows = np.lib.stride_tricks.sliding_window_view(powers, hops)
    return np.asarray(windows.mean(axis=1), dtype=np.float64)


def _loudness_range(short_term: NDArray[np.float64]) -> float:
    gated = short_term[short_term >= _power(_GATE_LUFS)]
    if not gated.size:
        return 0.0
    ordered = np.sort(gated[gated >= gated.mean() * 10 ** (_RANGE_GATE_LU / 10)])
    low, high = (ordered[round((len(ordered) - 1) * share)] for share in _RANGE_PERCENTILES)
    return float(_lufs(high) - _lufs(low))


def _masked(powers: NDArray[np.float64]) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    audible = powers >= _power(_GATE_LUFS)
    lufs = np.full(powers.shape, np.nan, dtype=np.float32)
    lufs[audible] = _lufs(powers[audible])
    return lufs, audible


def _centres(count: int, hops: int, hop_s: float) -> NDArray[np.float64]:
    return (np.arange(count, dtype=np.float64) * _CURVE_HOPS + hops / 2) * hop_s


def _lufs(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(_OFFSET_LUFS + 10 * np.log10(power), dtype=np.float64)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_LUFS) / 10))
