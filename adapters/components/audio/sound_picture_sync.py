"""Whether hard cuts fall on the beats and onsets of the sound more often than chance would have it.

A share of cuts on the beat says little by itself: at 180 beats a minute most random cuts lie within
0.1 s of one. So hits are held against the share of time that lies that near (the correction of
Cohen's kappa), and against the binomial distribution of as many random cuts.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.audio.sound_picture_sync_schema import SCHEMA
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, EmptyReason, Kind, Modality

SPEC = ComponentSpec(
    name="sound_picture_sync",
    modality=Modality.AUDIO,
    kind=Kind.COMPUTED,
    producer_version="1",
    schema_version="1",
    needs=("onsets", "shots", "tempo"),
    memory_mib=50,
)

NEAR_S = 0.1
"""A cut is known to one frame of the 12 fps timeline, 0.083 s."""
_CUTS_MIN = 3
_BEATS_MIN = 2


@dataclass(frozen=True, slots=True)
class _Hits:
    """Offsets of cuts to the nearest moment of the sound, and the share that chance would hit."""

    offsets_s: NDArray[np.float64]
    chance: float

    @property
    def near(self) -> NDArray[np.bool_]:
        return np.asarray(np.abs(self.offsets_s) <= NEAR_S, dtype=np.bool_)

    @property
    def share(self) -> float:
        return float(self.near.mean())

    @property
    def score(self) -> float:
        return max(0.0, (self.share - self.chance) / max(1 - self.chance, 1e-9))

    @property
    def confidence(self) -> float:
        """1 less the probability that as many random cuts hit as often."""
        hits = int(self.near.sum())
        return float(scipy.stats.binom.cdf(hits - 1, len(self.offsets_s), self.chance))


def measure(inputs: Inputs) -> Measurement:
    """Empty with fewer than 3 hard cuts; dissolves and fades have no moment to compare."""
    shots = inputs.artifacts["shots"]
    cuts_s = shots["cut_times_s"][shots["transition_kinds"] == "cut"].astype(np.float64)
    if len(cuts_s) < _CUTS_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, "fewer than 3 hard cuts")
    duration_s = inputs.timeline.duration_s
    onset = _hits(cuts_s, inputs.artifacts["onsets"]["onset_times_s"], duration_s=duration_s)
    beats_s = inputs.artifacts["tempo"]["beat_times_s"]
    has_beat = len(beats_s) >= _BEATS_MIN
    beat = _hits(cuts_s, beats_s if has_beat else beats_s[:0], duration_s=duration_s)
    deciding = beat if has_beat else onset
    known = np.full(len(cuts_s), has_beat, dtype=np.bool_)
    return Measurement(
        {
            "alignment_score": np.array(deciding.score),
            "alignment_confidence": np.array(deciding.confidence),
            "cuts_on_beat_share": _where(has_beat, beat.share),
            "beat_chance_share": _where(has_beat, beat.chance),
            "cuts_on_onset_share": np.array(onset.share),
            "onset_chance_share": np.array(onset.chance),
            "has_beat": np.array(has_beat),
            "cut_times_s": cuts_s,
            "beat_offsets_s": np.where(known, beat.offsets_s, np.nan).astype(np.float32),
            "beat_offset_known": known,
            "on_beat": beat.near,
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _hits(cuts_s: NDArray[np.float64], moments_s: NDArray[Any], *, duration_s: float) -> _Hits:
    """Offsets are infinite where there are no moments."""
    if not len(moments_s):
        return _Hits(np.full(len(cuts_s), np.inf), 0.0)
    after = np.minimum(np.searchsorted(moments_s, cuts_s), len(moments_s) - 1)
    before = np.maximum(after - 1, 0)
    later = np.abs(moments_s[after] - cuts_s) < np.abs(moments_s[before] - cuts_s)
    nearest_s = np.where(later, moments_s[after], moments_s[before])
    return _Hits(cuts_s - nearest_s, _covered_share(moments_s, duration_s=duration_s))


def _covered_share(moments_s: NDArray[Any], *, duration_s: float) -> float:
    """The share of the video that lies near one of the moments, which rise."""
    start = np.maximum(moments_s - NEAR_S, np.concatenate([[0.0], moments_s[:-1] + NEAR_S]))
    end = np.minimum(moments_s + NEAR_S, duration_s)
    return float(np.clip(np.maximum(end - start, 0).sum() / duration_s, 0, 1))


def _where(known: bool, number: float) -> NDArray[np.float64]:
    return np.array(number if known else np.nan)
