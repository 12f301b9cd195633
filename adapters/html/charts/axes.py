"""Axes: from values to places in the plot, and the marks beside them.

A plot is `WIDTH` wide and `HEIGHT` high and is stretched to its place on the page; only lines and
areas live in it. Words stand outside of it, placed in percent, so they keep their size.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adapters.html import numbers
from adapters.html.language import Texts
from domain.schema import Unit

WIDTH = 1000.0
HEIGHT = 200.0

_TIME_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 240, 300, 600, 1200)
_TIME_TICKS_MAX = 6
_VALUE_STEPS = 3
_EDGE = 0.06
_ROUNDING = 1e-6
_DECIMALS_MAX = 4
_LARGE = 1e6


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: its place in percent from the left or the bottom, and its words."""

    percent: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale; `low` and `high` lie at the ends of the plot."""

    low: float
    high: float

    def share(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where values lie between the ends, 0 to 1."""
        return (values - self.low) / (self.high - self.low)

    def x(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places from the left edge of the plot."""
        return self.share(values) * WIDTH

    def y(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Places from the top edge of the plot; larger values are higher."""
        return (1.0 - self.share(values)) * HEIGHT


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale with its marks."""

    scale: Scale
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What surrounds a drawing: its axes, and what it says to those who do not see it."""

    alt: str
    x: Axis
    y: Axis | None = None
    is_time: bool = False

    @property
    def end_s(self) -> float | None:
        """Where the time axis ends; None where the axis is not time."""
        return self.x.scale.high if self.is_time else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every chart of a page shares: its words and the length of the video."""

    texts: Texts
    duration_s: float | None


def time_axis(ground: Ground, last_s: float) -> Axis:
    """The video's whole length, the same in all charts, marked in m:ss."""
    end_s = max(ground.duration_s or 0.0, last_s, 1e-3)
    step = next((s for s in _TIME_STEPS_S if end_s / s <= _TIME_TICKS_MAX), _TIME_STEPS_S[-1])
    marks = [k * step for k in range(math.floor(end_s / step + 1e-9) + 1)]
    ticks = [_tick(mark / end_s, numbers.clock(mark)) for mark in marks]
    return Axis(Scale(0.0, end_s), tuple(ticks))


def value_axis(
    texts: Texts, values: NDArray[np.float64], unit: Unit, *, span_min: float = 0.0
) -> Axis:
    """A scale with round, evenly spaced marks at both ends and between, around finite values.

    Zero is the lower end when the values stand on it or near it. Values that differ by less than
    `span_min` do not fill the height.
    """
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if 0 < low <= high / 2:
        low = 0.0
    low, high = widened(low, high, span_min=span_min)
    if low == high:
        low, high = (0.0, 1.0) if low == 0 else (low - abs(low) / 10, high + abs(high) / 10)
    step = round_step((high - low) / _VALUE_STEPS)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = [k * step for k in range(first, last + 1)]
    ticks = [
        Tick((k - first) / (last - first) * 100, _value_text(texts, mark, step=step, unit=unit))
        for k, mark in enumerate(marks, start=first)
    ]
    return Axis(Scale(marks[0], marks[-1]), tuple(ticks))


def widened(low: float, high: float, *, span_min: float) -> tuple[float, float]:
    """The ends so far apart that they span at least `span_min`; zero stays an end it was or met."""
    lacking = span_min - (high - low)
    if lacking <= 0:
        return low, high
    if low >= 0:
        low = max(0.0, low - lacking / 2)
        return low, low + span_min
    high = min(0.0, high + lacking / 2) if high <= 0 else high + lacking / 2
    return high - span_min, high


def plain_axis(texts: Texts, values: NDArray[np.float64], unit: Unit) -> Axis:
    """A horizontal scale that ends where the values end, marked at round numbers."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low == high:
        low, high = low - 0.5, high + 0.5
    step = round_step((high - low) / 4)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    scale = Scale(low, high)
    marks = [k * step for k in range(first, last + 1)]
    ticks = [
        _tick((mark - low) / (high - low), _value_text(texts, mark, step=step, unit=unit))
        for mark in marks
    ]
    return Axis(scale, tuple(ticks))


def round_step(rough: float) -> float:
    """The smallest of 1, 2, 2.5, 5 times a power of ten that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(f * power for f in (1, 2, 2.5, 5, 10) if f * power >= rough * (1 - 1e-9))


def spot(value: float) -> str:
    """A coordinate to a tenth, as short as it goes."""
    short = f"{value:.1f}"
    return short.removesuffix(".0") if short != "-0.0" else "0"


def _tick(share: float, words: str) -> Tick:
    anchor = "start" if share < _EDGE else "end" if share > 1 - _EDGE else "middle"
    return Tick(round(share * 100, 2), words, anchor)


def _value_text(texts: Texts, mark: float, *, step: float, unit: Unit) -> str:
    if unit is Unit.SHARE:
        mark, step = mark * 100, step * 100
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    if abs(step * 10.0**decimals - round(step * 10.0**decimals)) > _ROUNDING:
        decimals += 1  # a step of 2.5
    is_long = decimals > _DECIMALS_MAX or step >= _LARGE
    words = texts.powered(mark) if is_long and mark else texts.fixed(mark, decimals=decimals)
    if is_long and not mark:
        words = "0"
    return texts("format.percent", value=words) if unit is Unit.SHARE else words
