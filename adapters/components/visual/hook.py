"""hook: the first 3, 5 and 10 seconds against the rest, in motion, cuts and loudness.

Loudness is used when there is sound; a silent video has an opening too. Faces and text are used
when any are seen, voice when it was listened for.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.dependency_curves import (
    Curve,
    loudness_curve,
    mean_lufs,
    motion_curve,
)
from adapters.components.visual.dependency_faces import seen_share
from adapters.components.visual.dependency_text import shown_share
from adapters.components.visual.dependency_voice import spoken_share
from adapters.components.visual.hook_schema import SCHEMA, WINDOWS_S
from application.ports.components import Arrays, Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, Kind, Modality

SPEC = ComponentSpec(
    name="hook",
    modality=Modality.VISUAL,
    kind=Kind.COMPUTED,
    producer_version="4",
    schema_version="4",
    needs=("motion", "shots"),
    uses=("faces", "loudness", "on_screen_text", "voice_activity"),
    cost=Cost.VIDEO_SECONDS,
    memory_mib=100,
    tier0=True,
)

REST_MIN_S = 1.5
MOTION_FLOOR = 0.001
"""Added to both sides of the ratio: less than this is the flow's own noise on a still picture."""

_HALF_MOMENTARY_S = 0.2
_TEN_S = 10.0
_NAN = float("nan")


class ShareOf(Protocol):
    """The share of a stretch of time in which an artifact finds something."""

    def __call__(self, artifact: Arrays, /, *, start_s: float, end_s: float) -> float: ...


@dataclass(frozen=True, slots=True)
class _Video:
    """What the openings are taken from."""

    duration_s: float
    motion: Curve
    cuts_s: NDArray[np.float64]
    loudness: Curve | None


def measure(inputs: Inputs) -> Measurement:
    """Empty when too little video follows even the shortest opening."""
    duration_s = inputs.timeline.duration_s
    if duration_s < WINDOWS_S[0] + REST_MIN_S:
        return Measurement.empty(EmptyReason.VIDEO_TOO_SHORT)
    loudness = inputs.artifacts.get("loudness")
    video = _Video(
        duration_s=duration_s,
        motion=motion_curve(inputs.artifacts["motion"]),
        cuts_s=inputs.artifacts["shots"]["cut_times_s"],
        loudness=None if loudness is None else loudness_curve(loudness),
    )
    known = np.array(WINDOWS_S) <= duration_s - REST_MIN_S
    gains = np.array([_gain(video, at_s) for at_s in WINDOWS_S])
    gains[~known] = _NAN
    arrays: dict[str, NDArray[Any]] = {
        "windows_s": np.array(WINDOWS_S),
        "window_known": known,
        **_motion(video, known),
        **_cuts(video, known),
        "loudness_gain_lu": gains,
        "loudness_known": ~np.isnan(gains),
        "first_cut_s": np.array(video.cuts_s.min() if video.cuts_s.size else _NAN),
        "has_cut": np.array(bool(video.cuts_s.size)),
        "uses_loudness": np.array(loudness is not None),
        **_shares("faces", seen_share, video, inputs.artifacts.get("faces")),
        **_shares("text", shown_share, video, inputs.artifacts.get("on_screen_text")),
        **_shares("voice", spoken_share, video, inputs.artifacts.get("voice_activity")),
    }
    return Measurement(arrays)


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def _motion(video: _Video, known: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    opening, rest = np.full(len(known), _NAN), np.full(len(known), _NAN)
    for at in np.flatnonzero(known):
        opening[at] = video.motion.within(0.0, WINDOWS_S[at]).mean()
        rest[at] = video.motion.within(WINDOWS_S[at], np.inf).mean()
    ratio = (opening + MOTION_FLOOR) / (rest + MOTION_FLOOR)
    return {"motion_opening": opening, "motion_rest": rest, "motion_ratio": ratio}


def _cuts(video: _Video, known: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    windows_s = np.array(WINDOWS_S)
    early = (video.cuts_s[:, None] < windows_s).sum(axis=0)
    opening, rest = np.full(len(known), _NAN), np.full(len(known), _NAN)
    opening[known] = early[known] * _TEN_S / windows_s[known]
    late = len(video.cuts_s) - early
    rest[known] = late[known] * _TEN_S / (video.duration_s - windows_s[known])
    comparable = known & (late > 0)
    ratio = np.full(len(known), _NAN)
    ratio[comparable] = opening[comparable] / rest[comparable]
    return {
        "cuts_opening": opening,
        "cuts_rest": rest,
        "cut_ratio": ratio,
        "cut_ratio_known": comparable,
    }


def _gain(video: _Video, at_s: float) -> float:
    """Opening over rest in LU, from the momentary windows that lie wholly in either."""
    if video.loudness is None:
        return _NAN
    opening = video.loudness.within(0.0, at_s - _HALF_MOMENTARY_S)
    rest = video.loudness.within(at_s + _HALF_MOMENTARY_S, video.duration_s)
    if not opening.size or not rest.size:
        return _NAN
    return mean_lufs(opening) - mean_lufs(rest)


def _shares(
    name: str, share: ShareOf, video: _Video, artifact: Arrays | None
) -> dict[str, NDArray[Any]]:
    """Shares of the openings' and the rests' time with something; NaN where it is not known."""
    known = np.array(WINDOWS_S) <= video.duration_s - REST_MIN_S
    opening, rest = np.full(len(known), _NAN), np.full(len(known), _NAN)
    if artifact is not None:
        for at in np.flatnonzero(known):
            window_s = WINDOWS_S[at]
            opening[at] = share(artifact, start_s=0.0, end_s=window_s)
            rest[at] = share(artifact, start_s=window_s, end_s=video.duration_s)
    return {
        f"{name}_opening": opening,
        f"{name}_rest": rest,
        f"{name}_known": known & (artifact is not None),
        f"uses_{name}": np.array(artifact is not None),
    }
