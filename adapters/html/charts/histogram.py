"""Histograms: how often values fall where."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from adapters.html.charts.axes import HEIGHT, Plot, Scale, spot

BINS_MIN = 8
BINS_MAX = 40
_GAP = 3.0


@dataclass(frozen=True, slots=True)
class HistogramChart:
    """Bars on a common ground line, as the data of one SVG path."""

    template: ClassVar[str] = "bars"
    plot: Plot
    path: str


def bins(
    values: NDArray[np.float64], *, is_whole: bool
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Edges (n + 1) and counts (n) of finite values, whole numbers each in the middle of a bin.

    The width is Freedman and Diaconis' (1981), within 8 to 40 bins.
    """
    finite = values[np.isfinite(values)]
    low, high = float(finite.min()), float(finite.max())
    if is_whole and high - low < BINS_MAX:
        edges = np.arange(low - 0.5, high + 1.0)
    elif low == high:
        edges = np.array([low - 0.5, high + 0.5])
    else:
        count = np.histogram_bin_edges(finite, bins="fd", range=(low, high)).size - 1
        edges = np.linspace(low, high, min(max(count, BINS_MIN), BINS_MAX) + 1)
    counts, _ = np.histogram(finite, bins=edges)
    return edges, counts.astype(np.int64)


def bars(edges: NDArray[np.float64], heights: NDArray[np.float64], *, x: Scale, y: Scale) -> str:
    """The bars' path; each stands on the lowest place of the plot, with a gap between."""
    places, tops = x.x(edges).tolist(), y.y(heights).tolist()
    parts: list[str] = []
    for left, right, top in zip(places[:-1], places[1:], tops, strict=True):
        gap = min(_GAP, (right - left) / 4)
        if np.isfinite(top) and top < HEIGHT:
            parts.append(
                f"M{spot(left + gap / 2)} {spot(HEIGHT)}V{spot(top)}"
                f"H{spot(right - gap / 2)}V{spot(HEIGHT)}Z"
            )
    return "".join(parts)
