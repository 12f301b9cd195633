"""Segments: stretches of the video, each a bar, coloured by its kind."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from adapters.html.charts.axes import HEIGHT, Plot, Scale, spot

_GAP = 1.5


@dataclass(frozen=True, slots=True)
class SegmentKind:
    """All segments of one kind, as the data of one SVG path."""

    name: str
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class SegmentsChart:
    """Bars along time; without names of kinds two shades take turns."""

    template: ClassVar[str] = "segments"
    plot: Plot
    kinds: tuple[SegmentKind, ...]
    is_named: bool


def segments_chart(
    bounds: NDArray[np.float64], kinds: list[str] | None, plot: Plot
) -> SegmentsChart:
    """Bars between the two columns of `bounds` (n, 2), of these kinds."""
    labels = kinds if kinds is not None else [str(index % 2) for index in range(len(bounds))]
    made = tuple(
        SegmentKind(kind, labels.count(kind), _bars(bounds, labels, kind=kind, x=plot.x.scale))
        for kind in dict.fromkeys(labels)
    )
    return SegmentsChart(plot, made, is_named=kinds is not None)


def _bars(bounds: NDArray[np.float64], labels: list[str], *, kind: str, x: Scale) -> str:
    parts: list[str] = []
    for (start, end), label in zip(x.x(bounds).tolist(), labels, strict=True):
        if label == kind and np.isfinite(start) and np.isfinite(end):
            right = max(end - _GAP, (start + end) / 2)
            parts.append(f"M{spot(start)} {spot(HEIGHT)}V0H{spot(right)}V{spot(HEIGHT)}Z")
    return "".join(parts)
