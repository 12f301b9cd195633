"""Shots and the transitions between them, told from motion, flashes, strobes and noise.

Times lie on the 12 fps grid; a cut is the moment of the first frame of the new shot, rounded down
to hundredths of a second so that this frame never stands before its own shot.
"""

import math

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.curves import RATE_HZ
from adapters.components.visual.mismatch import MismatchMeter
from adapters.components.visual.shot_arrays import KINDS
from adapters.components.visual.shots_schema import SCHEMA
from adapters.components.visual.thumbnails import Thumbnails, thumbnail, without_bars
from adapters.components.visual.transitions import Found, Transition, find_transitions
from application.ports.components import (
    Arrays,
    Component,
    Inputs,
    Measurement,
    StreamFrame,
    Timeline,
)
from domain.component import ComponentSpec, Cost, EmptyReason, Modality

SPEC = ComponentSpec(
    name="shots",
    modality=Modality.VISUAL,
    producer_version="1",
    schema_version="1",
    streams=True,
    cost=Cost.FRAMES,
    tier0=True,
)

_FRAMES_MIN = 6


class ShotWatcher:
    """Keeps a thumbnail of every frame and how badly the flow explains it (`FrameWatcher`)."""

    def __init__(self, timeline: Timeline) -> None:
        width_px, height_px = timeline.width_px // 2, timeline.height_px // 2
        self._meter = MismatchMeter(width_px=width_px, height_px=height_px)
        self._before: NDArray[np.uint8] | None = None
        self._luma: list[NDArray[np.uint8]] = []
        self._colours: list[NDArray[np.uint8]] = []
        self._mismatch: list[float] = []

    def see(self, frame: StreamFrame) -> None:
        luma, colours = thumbnail(frame.half_rgb, frame.half_luma)
        self._luma.append(luma)
        self._colours.append(colours)
        off = 0.0
        if self._before is not None and frame.flow is not None:
            off = self._meter.of(self._before, frame.half_luma, frame.flow)
        self._mismatch.append(off)
        self._before = frame.half_luma.copy()

    def observed(self) -> Arrays:
        """Thumbnails (n, rows, columns), colour layouts (n, 4, 7, 3) and mismatch (n,)."""
        return {
            "luma": np.asarray(self._luma, dtype=np.uint8),
            "colours": np.asarray(self._colours, dtype=np.uint8),
            "mismatch": np.asarray(self._mismatch, dtype=np.float64),
        }


def measure(inputs: Inputs) -> Measurement:
    seen = inputs.observed
    count = len(seen["mismatch"])
    if count < _FRAMES_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, f"{count} frames")
    film = Thumbnails(without_bars(seen["luma"]), seen["colours"], seen["mismatch"])
    return Measurement(_arrays(film, find_transitions(film), inputs.timeline))


def _arrays(film: Thumbnails, found: Found, timeline: Timeline) -> Arrays:
    transitions = found.transitions
    cuts_s = np.array([_grid_s(one.middle) for one in transitions])
    end_s = max(timeline.duration_s, len(film) / RATE_HZ)
    edges_s = np.concatenate([[0.0], cuts_s, [end_s]])
    return {
        "shot_count": np.asarray(len(transitions) + 1),
        "cut_times_s": cuts_s,
        "transition_kinds": np.array([one.kind for one in transitions], dtype=f"U{_LONGEST}"),
        "transition_strength": np.array([one.strength for one in transitions]),
        "transition_bounds_s": np.array([_bounds_s(o) for o in transitions]).reshape(-1, 2),
        "shot_bounds_s": np.column_stack([edges_s[:-1], edges_s[1:]]),
        "opening_fade_s": np.asarray(found.opening_end / RATE_HZ),
        "closing_fade_s": np.asarray((len(film) - 1 - found.closing_start) / RATE_HZ),
        "change": film.mismatch,
        "times_s": np.arange(len(film)) / RATE_HZ,
    }


_LONGEST = max(map(len, KINDS))


def _bounds_s(one: Transition) -> tuple[float, float]:
    first = one.first - 1 if one.kind == "cut" else one.first
    return max(0.0, first / RATE_HZ), one.last / RATE_HZ


def _grid_s(frame: float) -> float:
    return math.floor(frame / RATE_HZ * 100 + 1e-6) / 100


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure, watch=ShotWatcher)
