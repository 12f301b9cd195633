"""Pace: the distribution of shot lengths, and of cuts over the video."""

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.pacing_schema import SCHEMA
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Kind, Modality

SPEC = ComponentSpec(
    name="pacing",
    modality=Modality.VISUAL,
    kind=Kind.COMPUTED,
    producer_version="1",
    schema_version="1",
    needs=("shots", "motion"),
    tier0=True,
)

OPENING_S = 10.0
_WINDOW_S = 10.0
_BURST_GAP_S = 1.0
_BURST_CUTS_MIN = 4
_STILL = 0.001

Seconds = NDArray[np.float64]


def measure(inputs: Inputs) -> Measurement:
    """Always has something to say: a video without cuts is one shot."""
    shots, motion = inputs.artifacts["shots"], inputs.artifacts["motion"]
    duration_s, cuts_s = inputs.timeline.duration_s, np.sort(shots["cut_times_s"])
    lengths_s = np.diff(shots["shot_bounds_s"], axis=1)[:, 0]
    opening_s = min(OPENING_S, duration_s / 2)
    in_opening = int((cuts_s < opening_s).sum())
    ratio = _opening_ratio(motion["magnitude"], motion["times_s"], opening_s)
    seconds = np.arange(int(np.ceil(duration_s)), dtype=np.float64) + 0.5
    return Measurement(
        {
            "mean_shot_s": np.array(lengths_s.mean()),
            "median_shot_s": np.array(np.median(lengths_s)),
            "cuts_per_minute": np.array(60 * len(cuts_s) / duration_s),
            "shot_count": np.array(len(lengths_s), dtype=np.int64),
            "trend": np.array(_trend(cuts_s, duration_s)),
            "opening_cuts_per_minute": np.array(60 * in_opening / opening_s),
            "rest_cuts_per_minute": np.array(
                60 * (len(cuts_s) - in_opening) / (duration_s - opening_s)
            ),
            "opening_motion_ratio": np.array(ratio),
            "motion_known": np.array(bool(np.isfinite(ratio))),
            "shot_lengths_s": lengths_s.astype(np.float64),
            "times_s": seconds,
            "cuts_per_10s": _rate(cuts_s, seconds, duration_s),
            "burst_bounds_s": _bursts(cuts_s),
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _trend(cuts_s: Seconds, duration_s: float) -> float:
    if not cuts_s.size:
        return 0.0
    late = int((cuts_s >= duration_s / 2).sum())
    return (2 * late - len(cuts_s)) / len(cuts_s)


def _rate(cuts_s: Seconds, seconds: Seconds, duration_s: float) -> Seconds:
    """Cuts in the window around each second; at both ends what there is of it is scaled up."""
    begins = np.maximum(0, seconds - _WINDOW_S / 2)
    ends = np.minimum(duration_s, seconds + _WINDOW_S / 2)
    counts = np.searchsorted(cuts_s, ends) - np.searchsorted(cuts_s, begins)
    return np.asarray(counts * _WINDOW_S / (ends - begins), dtype=np.float64)


def _bursts(cuts_s: Seconds) -> Seconds:
    """First and last cut of each run of cuts that follow within a second, shape (n, 2)."""
    breaks = np.flatnonzero(np.diff(cuts_s) > _BURST_GAP_S) + 1
    runs = [run for run in np.split(cuts_s, breaks) if len(run) >= _BURST_CUTS_MIN]
    return np.array([(run[0], run[-1]) for run in runs], dtype=np.float64).reshape(-1, 2)


def _opening_ratio(magnitude: Seconds, times_s: Seconds, opening_s: float) -> float:
    """Mean motion before the opening's end against after it; NaN where the rest is still."""
    known = np.isfinite(magnitude)
    before = magnitude[known & (times_s < opening_s)]
    after = magnitude[known & (times_s >= opening_s)]
    if not before.size or not after.size or after.mean() < _STILL:
        return float("nan")
    return float(before.mean() / after.mean())
