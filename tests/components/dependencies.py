"""Made artifacts of the components that computed ones stand on."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from adapters.components.audio import loudness
from adapters.components.visual import motion
from application.ports.components import Arrays, Component, Inputs
from domain.video import Metadata
from tests.components.clips import Clip
from tests.components.inputs import a_timeline, measured

Over = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""A value at every moment, in seconds."""


def motion_over(duration_s: float, magnitude: Over) -> Arrays:
    """`motion` at 12 values a second."""
    times_s = np.arange(round(duration_s * 12)) / 12
    return {"times_s": times_s, "magnitude": magnitude(times_s).astype(np.float32)}


def loudness_over(duration_s: float, lufs: Over) -> Arrays:
    """`loudness` in windows of 0.4 and 3 s every 0.1 s, stamped at their centres."""
    momentary_s = np.arange(0.2, duration_s - 0.2, 0.1)
    short_term_s = np.arange(1.5, duration_s - 1.5, 0.1)
    return {
        "momentary_times_s": momentary_s,
        "momentary_lufs": lufs(momentary_s).astype(np.float32),
        "times_s": short_term_s,
        "short_term_lufs": lufs(short_term_s).astype(np.float32),
    }


def shots_with(duration_s: float, cuts_s: list[float]) -> Arrays:
    """`shots` with hard cuts at the given moments."""
    edges = np.array([0.0, *cuts_s, duration_s])
    return {
        "cut_times_s": edges[1:-1],
        "shot_bounds_s": np.stack([edges[:-1], edges[1:]], axis=1),
        "transition_kinds": np.array(["cut"] * len(cuts_s), dtype="<U8"),
    }


def computed_inputs(
    component: Component, duration_s: float, artifacts: Mapping[str, Arrays]
) -> Inputs:
    """Inputs of a component that reads nothing but others' artifacts."""
    return Inputs(
        timeline=a_timeline(duration_s=duration_s, has_sound="loudness" in artifacts),
        metadata=Metadata(),
        parameters=component.spec.parameters,
        artifacts=artifacts,
    )


def level(value: float) -> Over:
    """The same value at every moment."""
    return lambda times_s: np.full(len(times_s), value)


def stepped(value: float, other: float, *, start_s: float, end_s: float) -> Over:
    """`other` from `start_s` up to `end_s`, `value` elsewhere."""
    return lambda times_s: np.where((times_s >= start_s) & (times_s < end_s), other, value)


def clip_inputs(component: Component, clip: Clip, *, cuts_s: list[float]) -> Inputs:
    """Inputs from what `motion` and `loudness` measure on a real clip, and its labelled cuts."""
    duration_s = len(clip.planes) / 12
    artifacts = {
        "shots": shots_with(duration_s, cuts_s),
        "motion": measured(motion.COMPONENT, clip.picture_inputs(motion.COMPONENT)).arrays,
    }
    if clip.sounds:
        heard = measured(loudness.COMPONENT, clip.sound_inputs(loudness.COMPONENT))
        if heard.empty_reason is None:
            artifacts["loudness"] = heard.arrays
    return computed_inputs(component, duration_s, artifacts)
