"""Sharpness: focus, noise, exposure, blocks and bars.

Focus is the Laplacian's strength in the sharpest tenth of the picture (Pertuz et al., Pattern
Recognition 46, 2013, "LAPE"), less what the noise alone would give it. Noise is the operator of
Immerkær (CVIU 64, 1996) in the smoothest quarter of the picture, because over all of it fine
texture would count as noise. Blocks: the jump between neighbours on the most prominent of the eight
phases of an 8-pixel grid against the median phase (after Wang, Bovik and Evan, ICIP 2000), on
detail frames, because the grid is lost in scaling. Two frames a second are looked at.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.bars import BarSeeker, bars
from adapters.components.visual.sharpness_schema import SCHEMA
from application.ports.components import (
    Arrays,
    Component,
    Frames,
    Inputs,
    Measurement,
    StreamFrame,
    Timeline,
)
from domain.component import ComponentSpec, EmptyReason, FrameBudget, Modality

SPEC = ComponentSpec(
    name="sharpness",
    modality=Modality.VISUAL,
    producer_version="1",
    schema_version="1",
    streams=True,
    detail=FrameBudget(4, 8, 16),
    tier0=True,
)

STRIDE = 6
_BLOCK_PX = 16
_NOISE_KERNEL = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], dtype=np.float32)
_NOISE_GAIN = 36.0
_LAPLACIAN_GAIN = 20.0
_SMOOTHEST = 0.25
_SHARPEST = 0.9
# The smoothest quarter of blocks of pure noise is smoother than the whole by this (simulated).
_SMOOTHEST_OF_NOISE = 0.898
_DARK, _BRIGHT = 5, 250
_GRID_PX = 8
_JUMP_MIN = 0.2
_FRAMES_MIN = 2


@dataclass
class Watcher:
    """Looks at two frames a second."""

    timeline: Timeline
    rows: list[tuple[float, float, float, float]] = field(default_factory=list)
    seeker: BarSeeker = field(init=False)

    def __post_init__(self) -> None:
        self.seeker = BarSeeker(self.timeline.width_px, self.timeline.height_px)

    def see(self, frame: StreamFrame) -> None:
        if frame.index % STRIDE:
            return
        luma = frame.luma
        noise = noise_of(luma)
        dark = np.count_nonzero(luma < _DARK) / luma.size
        bright = np.count_nonzero(luma > _BRIGHT) / luma.size
        self.rows.append((focus_of(luma, noise), noise, dark, bright))
        self.seeker.see(luma)

    def observed(self) -> Arrays:
        return {
            "rows": np.asarray(self.rows, dtype=np.float64).reshape(-1, 4),
            "brightest_rows": self.seeker.rows,
            "brightest_columns": self.seeker.columns,
        }


def measure(inputs: Inputs) -> Measurement:
    """Empty when there are fewer than two frames to look at (half a second)."""
    rows = inputs.observed["rows"]
    if len(rows) < _FRAMES_MIN:
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL)
    blocks = _blockiness(inputs.detail)
    top, bottom = bars(inputs.observed["brightest_rows"])
    left, right = bars(inputs.observed["brightest_columns"])
    return Measurement(
        {
            "mean_focus": np.array(rows[:, 0].mean()),
            "mean_noise": np.array(rows[:, 1].mean()),
            "times_s": inputs.timeline.times_s[::STRIDE],
            "focus": rows[:, 0],
            "noise": rows[:, 1],
            "dark_share": rows[:, 2],
            "bright_share": rows[:, 3],
            "blockiness": np.array(blocks),
            "blockiness_known": np.array(bool(np.isfinite(blocks))),
            "bar_top": np.array(top),
            "bar_bottom": np.array(bottom),
            "bar_left": np.array(left),
            "bar_right": np.array(right),
        }
    )


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure, watch=Watcher)


def noise_of(luma: NDArray[np.uint8]) -> float:
    """Standard deviation of the noise in grey levels, from the smoothest quarter of blocks."""
    answer = cv2.filter2D(luma, cv2.CV_32F, _NOISE_KERNEL)
    power = np.sort(_block_means(np.square(answer)), axis=None)
    quiet = power[: max(1, round(_SMOOTHEST * len(power)))]
    return float(np.sqrt(quiet.mean() / _NOISE_GAIN) / _SMOOTHEST_OF_NOISE)


def focus_of(luma: NDArray[np.uint8], noise: float) -> float:
    """The Laplacian's strength in the sharpest tenth of blocks, in grey levels."""
    answer = cv2.Laplacian(luma, cv2.CV_32F)
    power = np.quantile(_block_means(np.square(answer)), _SHARPEST)
    return float(np.sqrt(max(0.0, float(power) - _LAPLACIAN_GAIN * noise**2)))


def _block_means(power: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = (max(_BLOCK_PX, side // _BLOCK_PX * _BLOCK_PX) for side in power.shape)
    size = (width // _BLOCK_PX, height // _BLOCK_PX)
    means = cv2.resize(power[:height, :width], size, interpolation=cv2.INTER_AREA)
    return np.asarray(means, dtype=np.float32).ravel()


def _blockiness(detail: Frames | None) -> float:
    """Median over the detail frames; NaN where no frame has enough of a picture."""
    if detail is None:
        return float("nan")
    found = [_grid(luma) for luma in detail.luma()]
    known = [value for value in found if np.isfinite(value)]
    return float(np.median(known)) if known else float("nan")


def _grid(luma: NDArray[np.uint8]) -> float:
    """How far the most prominent phase of the grid stands above the median one, less 1."""
    across = _phases(cv2.absdiff(luma[:, 1:], luma[:, :-1]).mean(axis=0))
    down = _phases(cv2.absdiff(luma[1:], luma[:-1]).mean(axis=1))
    shares = [phases.max() / np.median(phases) for phases in (across, down) if phases.size]
    known = [share for share in shares if np.isfinite(share)]
    return float(max(0.0, np.mean(known) - 1)) if known else float("nan")


def _phases(jumps: NDArray[np.floating]) -> NDArray[np.float64]:
    """Mean jump at each of the eight phases; empty for a picture without detail."""
    count = len(jumps) // _GRID_PX * _GRID_PX
    phases = jumps[:count].reshape(-1, _GRID_PX).mean(axis=0).astype(np.float64)
    return phases if count and np.median(phases) > _JUMP_MIN else np.zeros(0)
