"""Ranks: one bar a category, with its name and its number beside it."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Rank:
    """A category: the length of its bar in percent of the longest, and its number in words."""

    name: str
    percent: float
    text: str


@dataclass(frozen=True, slots=True)
class RanksChart:
    """Bars that lie, so that names of any length stand beside them; read as a list."""

    template: ClassVar[str] = "ranks"
    ranks: tuple[Rank, ...]


def ranks_chart(names: list[str], values: NDArray[np.float64], texts: list[str]) -> RanksChart:
    """Bars of `values` (n), in the order given; what is missing or negative has none."""
    known = np.where(np.isfinite(values), np.maximum(values, 0.0), 0.0)
    longest = float(known.max(initial=0.0)) or 1.0
    lengths = np.round(known / longest * 100, 1).tolist()
    return RanksChart(
        tuple(Rank(*rank) for rank in zip(names, lengths, texts, strict=True)),
    )
