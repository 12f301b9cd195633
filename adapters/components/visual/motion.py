"""How much moves in the picture, and how the camera moves.

Every frame is compared with the one before by the run's shared optical flow, and what moved is
divided by the true time between the source pictures that the two show (`true_steps`). Where the
flow does not explain the new picture (a cut, a flash into white), the pair says nothing about
motion: its values are drawn on from the pairs beside it, and `matched` is False there. The first
frame takes the motion of the second.
"""

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.camera import camera_motion
from adapters.components.visual.cell_flow import CellSampler, cell_motion
from adapters.components.visual.curves import RATE_HZ
from adapters.components.visual.motion_schema import DIRECTIONS, SCHEMA
from adapters.components.visual.true_steps import Speeds
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
    name="motion",
    modality=Modality.VISUAL,
    producer_version="2",
    schema_version="1",
    streams=True,
    cost=Cost.FRAMES,
    tier0=True,
)

_BATCH = 64
_FRAMES_MIN = 6
_MISMATCH_MAX = 0.5
"""Share of the picture's variance that the flow leaves: cuts leave 0.6 and more, motion 0.3."""
_VARIANCE_MIN = 1.0
_MATCHED_SHARE_MIN = 0.1
_STILL_MAX = 0.01
_SMOOTHING_FRAMES = 7
_FIELDS = ("right", "down", "zoom", "roll", "magnitude", "objects", "mismatch")


class MotionWatcher:
    """Sums up the motion from each frame to the next (port `FrameWatcher`)."""

    def __init__(self, timeline: Timeline) -> None:
        width_px, height_px = timeline.width_px // 2, timeline.height_px // 2
        self._sampler = CellSampler(width_px=width_px, height_px=height_px)
        self._before: NDArray[np.uint8] | None = None
        self._pending: list[NDArray[np.float32]] = []
        self._done: list[dict[str, NDArray[np.float64]]] = []
        self._ways = np.zeros(len(DIRECTIONS))

    def see(self, frame: StreamFrame) -> None:
        if self._before is not None and frame.flow is not None:
            self._pending.append(self._sampler.sample(self._before, frame.half_luma, frame.flow))
        self._before = frame.half_luma.copy()
        if len(self._pending) == _BATCH:
            self._sum_up()

    def observed(self) -> Arrays:
        """Per pair of frames, in half-size pixels a frame; `ways` is summed over the video."""
        if self._pending:
            self._sum_up()
        found = {
            name: np.concatenate([done[name] for done in self._done] or [np.zeros(0)])
            for name in _FIELDS
        }
        return {**found, "ways": self._ways}

    def _sum_up(self) -> None:
        cells = cell_motion(np.stack(self._pending))
        self._pending = []
        across, along = self._sampler.across, self._sampler.along
        camera = camera_motion(cells, across=across, along=along)
        with_camera = camera.at(across, along)
        own = cells.against(*with_camera)
        right = np.where(own, cells.right, with_camera[0])
        down = np.where(own, cells.down, with_camera[1])
        mismatch = cells.left.sum(axis=1) / (cells.variance + _VARIANCE_MIN).sum(axis=1)
        self._done.append(
            {
                **{name: getattr(camera, name) for name in ("right", "down", "zoom", "roll")},
                "magnitude": np.hypot(right, down).mean(axis=1),
                "objects": np.hypot(right - with_camera[0], down - with_camera[1]).mean(axis=1),
                "mismatch": mismatch,
            }
        )
        matched = mismatch <= _MISMATCH_MAX
        self._ways += _ways(right[matched], down[matched])


def measure(inputs: Inputs) -> Measurement:
    seen = inputs.observed
    pairs = len(seen["magnitude"])
    if pairs + 1 < _FRAMES_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL, f"{pairs + 1} frames")
    matched = seen["mismatch"] <= _MISMATCH_MAX
    speeds = Speeds.over(inputs.timeline.steps_s, matched=matched)
    if speeds.known.mean() < _MATCHED_SHARE_MIN:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, "no frame resembles the one before")
    return Measurement(_arrays(seen, speeds, inputs.timeline))


def _arrays(seen: Arrays, speeds: Speeds, timeline: Timeline) -> Arrays:
    matched = speeds.known
    wide_px, high_px = timeline.width_px / 2, timeline.height_px / 2

    def curve(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return _drawn_on(speeds.of(values), matched)

    pan, tilt = curve(-seen["right"] / wide_px), curve(seen["down"] / high_px)
    magnitude = curve(seen["magnitude"] / high_px)
    ways = seen["ways"]
    return {
        "magnitude": magnitude,
        "mean_magnitude": np.asarray(magnitude.mean()),
        "still_share": np.asarray((magnitude < _STILL_MAX).mean()),
        "camera_pan": pan,
        "camera_tilt": tilt,
        "camera_zoom": curve(np.log(np.hypot(1 + seen["zoom"], seen["roll"]))),
        "camera_roll": curve(-np.degrees(np.arctan2(seen["roll"], 1 + seen["zoom"]))),
        "object_magnitude": curve(seen["objects"] / high_px),
        "shake": np.asarray(_shake(pan * wide_px / high_px, tilt)),
        "direction_shares": ways / ways.sum() if ways.sum() > 0 else ways,
        "directions": np.array(DIRECTIONS),
        "matched_share": np.asarray(matched.mean()),
        "matched": np.concatenate([[False], matched]),
        "times_s": np.arange(len(matched) + 1) / RATE_HZ,
    }


def _drawn_on(values: NDArray[np.float64], matched: NDArray[np.bool_]) -> NDArray[np.float64]:
    """One value a frame: pairs that say nothing lie on the line between those beside them."""
    places = np.flatnonzero(matched) + 1
    return np.asarray(np.interp(np.arange(len(values) + 1), places, values[matched]))


def _shake(*speeds: NDArray[np.float64]) -> float:
    total = 0.0
    for speed in speeds:
        edged = np.pad(speed, _SMOOTHING_FRAMES // 2, mode="edge")
        smooth = np.convolve(edged, np.full(_SMOOTHING_FRAMES, 1 / _SMOOTHING_FRAMES), "valid")
        total += float(np.mean((speed - smooth) ** 2))
    return float(np.sqrt(total))


def _ways(right: NDArray[np.float64], down: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much moves into each of the eight directions, clockwise from right."""
    sector = np.rint(np.arctan2(down, right) / (np.pi / 4)).astype(np.int64) % len(DIRECTIONS)
    amount = np.hypot(right, down)
    sums = np.bincount(sector.ravel(), weights=amount.ravel(), minlength=len(DIRECTIONS))
    return sums.astype(np.float64)


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure, watch=MotionWatcher)
