"""Sound quality: clipping, silence, noise floor, signal to noise, crest, dynamics, offset.

Levels are those of windows of 50 ms over all channels. A pause is a quarter of a second or more
within 3 dB of the quietest tenth; what is heard there is the noise, what stands 6 dB above it the
signal. Where there is no pause, the ratio is unknown.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio.audio_quality_schema import SCHEMA
from adapters.components.audio.clipping import ClippingCounter
from application.ports.components import Component, Inputs, Measurement, Sound
from domain.component import ComponentSpec, Cost, EmptyReason, Modality, SoundKind

SPEC = ComponentSpec(
    name="audio_quality",
    modality=Modality.AUDIO,
    producer_version="1",
    schema_version="1",
    sounds=(SoundKind.ORIGINAL,),
    cost=Cost.SOUND_SECONDS,
)

_WINDOW_S = 0.05
_WINDOWS_MIN = 20
_SILENCE_DBFS = -60.0
_FLOOR_POWER = 1e-12
_TENTH = 0.1
_SIGNAL_ABOVE_NOISE = 10**0.6
_STEADY = 2.0
_PAUSE_WINDOWS_MIN = 5


@dataclass(frozen=True, slots=True)
class _Account:
    """What one pass over the sound leaves."""

    powers: NDArray[np.float64]
    peak: float
    mean: float
    mean_square: float
    clipped: int
    sample_count: int


def measure(inputs: Inputs) -> Measurement:
    """Empty when there is less than a second of sound, or all of it is digital silence."""
    sound = inputs.sounds[SoundKind.ORIGINAL]
    account = _account(sound)
    if len(account.powers) < _WINDOWS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "less than 1 s of sound")
    if account.peak == 0:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "digital silence")
    levels = _decibels(account.powers)
    noise, snr_db = _noise(account.powers)
    loud = levels[levels > _SILENCE_DBFS]
    spread = np.ptp(np.quantile(loud, [_TENTH, 1 - _TENTH])) if loud.size else 0.0
    times_s = (np.arange(len(levels), dtype=np.float64) + 0.5) * _WINDOW_S
    return Measurement(
        {
            "clipping_share": np.array(account.clipped / account.sample_count),
            "silence_share": np.array(float((levels < _SILENCE_DBFS).mean())),
            "snr_db": np.array(snr_db),
            "snr_known": np.array(bool(np.isfinite(snr_db))),
            "noise_floor_dbfs": _decibels(noise),
            "crest_factor_db": np.maximum(
                0, _decibels(account.peak**2) - _decibels(account.mean_square)
            ),
            "dynamic_range_db": np.array(float(spread)),
            "dc_offset": np.array(account.mean),
            "times_s": times_s,
            "level_dbfs": levels.astype(np.float32),
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _account(sound: Sound) -> _Account:
    """One pass in blocks; what does not fill a window waits for the next block."""
    window = max(1, round(_WINDOW_S * sound.rate_hz))
    counters = [ClippingCounter() for _ in range(sound.channels)]
    waiting, powers = np.zeros(0), [np.zeros(0)]
    peak = total = squares_total = 0.0
    for block in sound.blocks():
        squares = np.square(block.samples, dtype=np.float64).mean(axis=1)
        total += float(block.samples.sum(dtype=np.float64))
        squares_total += float(squares.sum())
        peak = max(peak, float(np.abs(block.samples).max(initial=0.0)))
        for channel, counter in enumerate(counters):
            counter.feed(block.samples[:, channel])
        waiting = np.concatenate([waiting, squares])
        count = len(waiting) // window
        powers.append(waiting[: count * window].reshape(count, window).mean(axis=1))
        waiting = waiting[count * window :]
    samples = max(1, sound.sample_count * sound.channels)
    return _Account(
        powers=np.concatenate(powers),
        peak=peak,
        mean=total / samples,
        mean_square=squares_total / max(1, sound.sample_count),
        clipped=sum(counter.finish() for counter in counters),
        sample_count=samples,
    )


def _noise(powers: NDArray[np.float64]) -> tuple[float, float]:
    """Power of the noise, and the ratio of signal to it in dB; NaN where there are no pauses."""
    ordered = np.sort(powers)
    quiet = ordered[: max(1, round(_TENTH * len(ordered)))]
    noise = max(float(quiet.mean()), _FLOOR_POWER)
    pauses = _lasting(powers < _STEADY * noise)
    signal = powers[powers > noise * _SIGNAL_ABOVE_NOISE]
    if not signal.size or not pauses.any():
        return noise, float("nan")
    heard = max(float(powers[pauses].mean()), _FLOOR_POWER)
    return heard, float(10 * np.log10((signal.mean() - heard) / heard))


def _lasting(is_quiet: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Only the stretches that last: the valleys between two beats are no pauses."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], is_quiet.view(np.int8), [0]])))
    lasting = np.zeros(len(is_quiet), dtype=np.bool_)
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        lasting[start:stop] = stop - start >= _PAUSE_WINDOWS_MIN
    return lasting


def _decibels(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(10 * np.log10(np.maximum(power, _FLOOR_POWER)), dtype=np.float64)
