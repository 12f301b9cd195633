"""Lines: one or a few values over time, broken where a value is missing."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from adapters.html.charts.axes import HEIGHT, Plot, Scale, spot
from adapters.html.charts.thinning import POINTS_MAX, runs, thin_run

AREAS_MAX = 12
"""More stretches with an area below each make a fence, not a curve."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One line as SVG path data, the area below it where one belongs, and its lone values."""

    name: str
    path: str
    area: str
    dots: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines over a common scale."""

    template: ClassVar[str] = "line"
    plot: Plot
    traces: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Values with NaN where missing, at the places `along`; both of shape (n,)."""

    name: str
    values: NDArray[np.float64]
    along: NDArray[np.float64]


def line_chart(series: list[Series], plot: Plot, *, y: Scale) -> LineChart:
    """Lines of these series; one alone has its area filled when the scale begins at zero."""
    is_filled = len(series) == 1 and y.low == 0
    made = (trace(one, x=plot.x.scale, y=y, is_filled=is_filled) for one in series)
    return LineChart(plot, tuple(made))


def trace(series: Series, *, x: Scale, y: Scale, is_filled: bool = False) -> Trace:
    """The path of one series; stretches between missing values are drawn apart."""
    values, along = series.values, series.along
    bucket = values.size / (POINTS_MAX / 2) if values.size > POINTS_MAX else 1.0
    lines: list[str] = []
    areas: list[str] = []
    dots: list[str] = []
    for start, stop in runs(np.isfinite(values) & np.isfinite(along)):
        kept = thin_run(values, start, stop, bucket=bucket)
        across, down = x.x(along[kept]).tolist(), y.y(values[kept]).tolist()
        points = [f"{spot(a)} {spot(d)}" for a, d in zip(across, down, strict=True)]
        if len(points) == 1:
            dots.append(f"M{points[0]}h0")  # of no length: its round ends make a dot
            continue
        lines.append(f"M{points[0]}L{' '.join(points[1:])}")
        areas.append(f"M{spot(across[0])} {spot(HEIGHT)}L{' '.join(points)}V{spot(HEIGHT)}Z")
    area = "".join(areas) if is_filled and len(areas) <= AREAS_MAX else ""
    return Trace(series.name, "".join(lines), area, "".join(dots))
