"""story_curve: how the energy of picture and sound rises and falls, and where it is highest.

Energy is the mean of motion, loudness and change of what is shown, each against its own range in
this video, smoothed. Arcs are peaks by prominence. Loudness is used when there is sound, the change
where `frame_embedding` is known; `faces` and `voice_activity` tell along the curve where somebody
is seen and heard.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.visual.dependency_curves import (
    SILENCE_LUFS,
    Curve,
    loudness_curve,
    motion_curve,
)
from adapters.components.visual.dependency_faces import seen_share
from adapters.components.visual.dependency_voice import spoken_share
from adapters.components.visual.story_curve_schema import SCHEMA, StoryShape
from application.ports.components import Arrays, Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality
from domain.video import DURATION_MIN_S

SPEC = ComponentSpec(
    name="story_curve",
    modality=Modality.VISUAL,
    kind=Kind.COMPUTED,
    producer_version="3",
    schema_version="3",
    needs=("motion",),
    uses=("faces", "frame_embedding", "loudness", "voice_activity"),
    cost=Cost.VIDEO_SECONDS,
    memory_mib=100,
)

STEP_S = 0.5
MOTION_RANGE_MIN = 0.02
"""Frame heights a second: a smaller range is no story but the tremble of a still picture."""
LOUDNESS_RANGE_MIN_LU = 3.0
CHANGE_RANGE_MIN = 0.1
"""One minus a cosine: the vectors of one unchanging scene tremble by less."""
VARIATION_MIN = 0.05
"""A curve whose highest and lowest point differ by less has no climax."""

_RANGE_PERCENTILES = (5.0, 95.0)
_SMOOTHING_MIN_S = 1.0
_SMOOTHING_SHARE = 1 / 60
_ARC_PROMINENCE = 0.2
_SHAPE_STEP = 0.1


def measure(inputs: Inputs) -> Measurement:
    """Empty for a video under five seconds, and for one whose energy never changes."""
    duration_s = inputs.timeline.duration_s
    if duration_s < DURATION_MIN_S - STEP_S:
        return Measurement.empty(EmptyReason.VIDEO_TOO_SHORT)
    curve = energy(inputs.artifacts, duration_s=duration_s)
    if np.ptp(curve) < VARIATION_MIN:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "motion and loudness are level")
    times_s = (np.arange(len(curve)) + 0.5) * duration_s / len(curve)
    peaks = _peaks(curve)
    climax = int(peaks[curve[peaks].argmax()])
    arrays: dict[str, NDArray[Any]] = {
        "times_s": times_s,
        "energy": curve,
        "climax_s": np.array(times_s[climax]),
        "climax_position": np.array(times_s[climax] / duration_s),
        "climax_strength": np.array(curve[climax] - np.median(curve)),
        "shape": np.array(str(shape(curve))),
        "energy_variation": np.array(curve.std()),
        "arc_bounds_s": _arcs(curve, peaks, duration_s=duration_s),
        "arc_peaks_s": times_s[peaks],
        **_people(inputs.artifacts, len(curve), climax, duration_s=duration_s),
        "uses_loudness": np.array("loudness" in inputs.artifacts),
        "uses_frame_embedding": np.array("frame_embedding" in inputs.artifacts),
    }
    return Measurement(arrays)


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def energy(artifacts: Mapping[str, Arrays], *, duration_s: float) -> NDArray[np.float64]:
    """The smoothed energy of each half second, 0 to 1."""
    edges_s = np.linspace(0.0, duration_s, max(2, round(duration_s / STEP_S)) + 1)
    motion = _binned(motion_curve(artifacts["motion"]), edges_s, missing=0.0)
    parts = [_ranged(motion, MOTION_RANGE_MIN)]
    if "loudness" in artifacts:
        loudness = _binned(loudness_curve(artifacts["loudness"]), edges_s, missing=SILENCE_LUFS)
        parts.append(_ranged(loudness, LOUDNESS_RANGE_MIN_LU))
    if "frame_embedding" in artifacts:
        embedded = artifacts["frame_embedding"]
        change = Curve(embedded["times_s"], embedded["change"].astype(np.float64))
        parts.append(_ranged(_binned(change, edges_s, missing=0.0), CHANGE_RANGE_MIN))
    smoothing_s = max(_SMOOTHING_MIN_S, _SMOOTHING_SHARE * duration_s)
    smooth = scipy.ndimage.gaussian_filter1d(
        np.mean(parts, axis=0), smoothing_s / STEP_S, mode="nearest"
    )
    return np.asarray(np.clip(smooth, 0.0, 1.0), dtype=np.float64)


def _people(
    artifacts: Mapping[str, Arrays], count: int, climax: int, *, duration_s: float
) -> dict[str, NDArray[Any]]:
    """The share of each half second with a face and with speech; none where it is not known."""
    edges_s = np.linspace(0.0, duration_s, count + 1).tolist()
    seen, heard = np.zeros(count), np.zeros(count)
    faces, voice = artifacts.get("faces"), artifacts.get("voice_activity")
    if faces is not None:
        seen = np.array([seen_share(faces, start_s=a, end_s=b) for a, b in pairwise(edges_s)])
    if voice is not None:
        heard = np.array([spoken_share(voice, start_s=a, end_s=b) for a, b in pairwise(edges_s)])
    return {
        "face_share": seen,
        "voice_share": heard,
        "climax_has_face": np.array(bool(seen[climax] > 0)),
        "climax_has_voice": np.array(bool(heard[climax] > 0)),
        "uses_faces": np.array(faces is not None),
        "uses_voice": np.array(voice is not None),
    }


def _peaks(curve: NDArray[np.float64]) -> NDArray[np.int64]:
    """Where hills of some prominence peak, in the middle of a level top; at least one.

    The ends of the video count as calm, so that a peak at its very start or end is one.
    """
    calm = curve.min() - 1
    padded = np.pad(curve, 1, constant_values=calm)
    return np.asarray(
        scipy.signal.find_peaks(padded, prominence=_ARC_PROMINENCE)[0] - 1, dtype=np.int64
    )


def _arcs(
    curve: NDArray[np.float64], peaks: NDArray[np.int64], *, duration_s: float
) -> NDArray[np.float64]:
    """Bounds in seconds, shape (n, 2): from the calm before each peak to the calm after it."""
    lows = [int(a + curve[a:b].argmin()) for a, b in pairwise(peaks)]
    edges_s = np.array([0.0, *((low + 0.5) * duration_s / len(curve) for low in lows), duration_s])
    return np.stack([edges_s[:-1], edges_s[1:]], axis=1)


def shape(curve: NDArray[np.float64]) -> StoryShape:
    """How the mean energy of the thirds compares; a tenth of the range makes a difference."""
    first, middle, last = (float(third.mean()) for third in np.array_split(curve, 3))
    if max(first, middle, last) - min(first, middle, last) < _SHAPE_STEP:
        return StoryShape.EVEN
    if middle > max(first, last) + _SHAPE_STEP / 2:
        return StoryShape.RISE_FALL
    if middle < min(first, last) - _SHAPE_STEP / 2:
        return StoryShape.FALL_RISE
    return StoryShape.RISING if last > first else StoryShape.FALLING


def _binned(curve: Curve, edges_s: NDArray[np.float64], *, missing: float) -> NDArray[np.float64]:
    """The mean of the moments in each bin; `missing` where there is none (the sound has ended)."""
    bins = len(edges_s) - 1
    at = np.searchsorted(edges_s, curve.times_s, side="right") - 1
    inside = (at >= 0) & (at < bins)
    counts = np.bincount(at[inside], minlength=bins)
    sums = np.bincount(at[inside], weights=curve.values[inside], minlength=bins)
    return np.where(counts > 0, sums / np.maximum(counts, 1), missing)


def _ranged(values: NDArray[np.float64], range_min: float) -> NDArray[np.float64]:
    """Values against their own range: 0 at the fifth percentile, 1 at the ninety-fifth."""
    low, high = np.percentile(values, _RANGE_PERCENTILES)
    ranged = (values - low) / max(high - low, range_min)
    return np.asarray(np.clip(ranged, 0.0, 1.0), dtype=np.float64)
