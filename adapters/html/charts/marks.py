"""Marks: moments on the time axis, each a stroke, as high as its value where it has one."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from adapters.html.charts.axes import HEIGHT, Plot, Scale, spot


@dataclass(frozen=True, slots=True)
class MarkKind:
    """All marks of one kind as SVG path data; the name is empty where kinds are not told."""

    name: str
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class MarksChart:
    """Strokes on the time axis."""

    template: ClassVar[str] = "marks"
    plot: Plot
    kinds: tuple[MarkKind, ...]


def mark_kinds(
    places: NDArray[np.float64],
    kinds: list[str] | None,
    *,
    x: Scale,
    tops: NDArray[np.float64] | None = None,
) -> tuple[MarkKind, ...]:
    """Strokes at `places`; `tops` are their upper ends from the top of the plot, else the top."""
    labels = kinds if kinds is not None else [""] * places.size
    return tuple(
        MarkKind(kind, labels.count(kind), _strokes(places, tops, labels, kind=kind, x=x))
        for kind in dict.fromkeys(labels)
    )


def _strokes(
    places: NDArray[np.float64],
    tops: NDArray[np.float64] | None,
    labels: list[str],
    *,
    kind: str,
    x: Scale,
) -> str:
    across = x.x(places).tolist()
    down = tops.tolist() if tops is not None else [0.0] * len(across)
    return "".join(
        f"M{spot(place)} {spot(HEIGHT)}V{spot(top)}"
        for place, top, label in zip(across, down, labels, strict=True)
        if label == kind and np.isfinite(place) and np.isfinite(top)
    )
