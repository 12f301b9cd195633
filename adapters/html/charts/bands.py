"""Bands: parts of a whole, stacked over time."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from adapters.html.charts.axes import Plot, Scale, spot
from adapters.html.charts.line import Series
from adapters.html.charts.thinning import runs

STACK_POINTS_MAX = 400


@dataclass(frozen=True, slots=True)
class Band:
    """One band of the stack, as the data of an SVG path."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class BandsChart:
    """A stack of bands."""

    template: ClassVar[str] = "bands"
    plot: Plot
    bands: tuple[Band, ...]


def bands_chart(series: list[Series], plot: Plot, *, y: Scale) -> BandsChart:
    """Series of one length, none negative, one upon the other."""
    values = np.column_stack([one.values for one in series])
    places, parts = _averaged(series[0].along, values)
    paths = _stack(places, parts, plot.x.scale, y)
    named = zip(series, paths, strict=True)
    return BandsChart(plot, tuple(Band(one.name, path) for one, path in named))


def _stack(
    along: NDArray[np.float64], values: NDArray[np.float64], x: Scale, y: Scale
) -> list[str]:
    present = np.isfinite(values).all(axis=1) & np.isfinite(along)
    tops = np.cumsum(np.nan_to_num(values), axis=1)
    floors = np.hstack([np.zeros((len(values), 1)), tops[:, :-1]])
    across, stretches = x.x(along), runs(present)
    return [
        "".join(
            _ring(across[start:stop], y.y(tops[start:stop, k]), y.y(floors[start:stop, k]))
            for start, stop in stretches
        )
        for k in range(values.shape[1])
    ]


def _ring(
    across: NDArray[np.float64], tops: NDArray[np.float64], floors: NDArray[np.float64]
) -> str:
    there = zip(across.tolist(), tops.tolist(), strict=True)
    back = zip(across[::-1].tolist(), floors[::-1].tolist(), strict=True)
    return "M" + "L".join(f"{spot(a)} {spot(d)}" for a, d in (*there, *back)) + "Z"


def _averaged(
    along: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if len(values) <= STACK_POINTS_MAX:
        return along, values
    edges = np.linspace(0, len(values), STACK_POINTS_MAX + 1).astype(int)[:-1]
    counts = np.diff([*edges, len(values)])
    return (
        np.add.reduceat(along, edges) / counts,
        np.add.reduceat(values, edges, axis=0) / counts[:, np.newaxis],
    )
