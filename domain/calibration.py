"""Calibration: cost models fitted to what finished runs took (R-606)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import combinations
from statistics import median

from domain.effort import CostModel
from domain.identity import RunId

RUNS_MIN = 10
"""With fewer runs of a component its median error says little, so its model is left as it is."""
RUNS_MAX = 100
"""The newest runs tell of the machine as it is now."""
SPREAD_MIN = 2.0
"""With the largest video not twice the smallest, a slope would be guessed from noise."""
RESOLUTION_S = 0.001
"""Times are kept in whole milliseconds: less than one is one."""
_FOLDS = 10

Points = Sequence[tuple[float, float]]
"""Units and the seconds they took."""


class CostSource(StrEnum):
    """Where a cost model comes from."""

    SHIPPED = "shipped"
    RUNS = "runs"


@dataclass(frozen=True, slots=True)
class KnownCost:
    """A cost model and where it comes from."""

    model: CostModel
    source: CostSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What one component took in one run, or the run's preparation."""

    run_id: RunId
    component: str
    units: float
    seconds: float
    width_px: int
    height_px: int
    duration_s: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """An old and a new model beside each other; `new` is None where the runs are too few.

    Errors are medians of `|estimated - taken| / taken`; the new one's over runs it was not fitted
    to. They are None where no run tells.
    """

    component: str
    runs: int
    old: CostModel
    new: CostModel | None
    old_error: float | None
    new_error: float | None


def calibrate(
    timings: Sequence[Timing], known: Mapping[str, CostModel], *, runs_min: int = RUNS_MIN
) -> list[Calibration]:
    """Every known component in order of name, fitted anew where at least `runs_min` runs tell."""
    points: dict[str, list[tuple[float, float]]] = {name: [] for name in sorted(known)}
    for timing in timings:
        # A component that is no longer in the catalogue has no model to be fitted anew.
        if timing.component in points:
            points[timing.component].append((timing.units, timing.seconds))
    return [_calibrated(name, found, known[name], runs_min) for name, found in points.items()]


def fit(points: Points, *, old: CostModel | None = None) -> CostModel:
    """The line that half of the points lie under, and the factor that nine of ten lie under.

    The slope is the median of the slopes of all pairs (Sen, Journal of the American Statistical
    Association 63, 1968): one run on a busy machine does not bend it. Neither part is below zero.
    Where units hardly vary, the `old` line is scaled; without one the time is taken to follow the
    units, or where they do not vary at all, to be constant. Raises ValueError without points.
    """
    if not points:
        raise ValueError("nothing to fit")
    line = _line([(units, _taken(seconds)) for units, seconds in points], old)
    ratios = sorted(_taken(seconds) / _taken(line.seconds(units)) for units, seconds in points)
    # The order statistic that a next value stays under with a chance of nine in ten.
    rank = min(len(ratios), math.ceil(0.9 * (len(ratios) + 1)))
    return replace(line, p90_factor=max(1.0, ratios[rank - 1]))


def median_error(model: CostModel, points: Points) -> float:
    """The median of `|estimated - taken| / taken`."""
    return median(error(model, units, seconds) for units, seconds in points)


def error(model: CostModel, units: float, seconds: float) -> float:
    """The share by which an estimate misses what was taken."""
    return abs(_taken(model.seconds(units)) - _taken(seconds)) / _taken(seconds)


def _calibrated(name: str, points: Points, old: CostModel, runs_min: int) -> Calibration:
    enough = len(points) >= runs_min
    return Calibration(
        component=name,
        runs=len(points),
        old=old,
        new=fit(points, old=old) if enough else None,
        old_error=median_error(old, points) if points else None,
        new_error=median(_held_out_errors(points, old)) if enough else None,
    )


def _held_out_errors(points: Points, old: CostModel) -> Iterator[float]:
    """Each point's error under a model that was fitted without it."""
    folds = min(_FOLDS, len(points))
    for fold in range(folds):
        rest = [point for index, point in enumerate(points) if index % folds != fold]
        model = fit(rest, old=old)
        yield from (error(model, units, seconds) for units, seconds in points[fold::folds])


def _line(points: Points, old: CostModel | None) -> CostModel:
    gpu = replace(old, a_s=0.0, b_s_per_unit=0.0) if old else CostModel(0.0, 0.0)
    smallest, largest = min(points)[0], max(points)[0]
    if largest < SPREAD_MIN * smallest or smallest == largest:
        return _without_spread(points, old, gpu)
    slopes = [(t - s) / (v - u) for (u, s), (v, t) in combinations(points, 2) if u != v]
    slope = median(slopes)
    base = median(seconds - slope * units for units, seconds in points)
    if slope < 0:
        return replace(gpu, a_s=median(seconds for _, seconds in points))
    if base < 0:
        slope = median(seconds / units for units, seconds in points if units > 0)
    return replace(gpu, a_s=max(0.0, base), b_s_per_unit=slope)


def _without_spread(points: Points, old: CostModel | None, gpu: CostModel) -> CostModel:
    if old is None and min(points)[0] == max(points)[0]:
        return replace(gpu, a_s=median(seconds for _, seconds in points))
    if old is None:
        return replace(gpu, b_s_per_unit=median(seconds / units for units, seconds in points))
    scale = median(seconds / _taken(old.seconds(units)) for units, seconds in points)
    return replace(gpu, a_s=scale * old.a_s, b_s_per_unit=scale * old.b_s_per_unit)


def _taken(seconds: float) -> float:
    return max(RESOLUTION_S, seconds)
