"""Estimate against fact: every clip foretold by models that were fitted to the others (R-606)."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from domain.calibration import error, fit
from domain.effort import CostModel


@dataclass(frozen=True, slots=True)
class Line:
    """One component on one clip: units as they were foretold, and seconds as they were taken."""

    units: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Clip:
    """What was foretold and taken of one clip."""

    name: str
    lines: Mapping[str, Line]

    @property
    def seconds(self) -> float:
        return sum(line.seconds for line in self.lines.values())


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Errors of clips that were held out, as shares of what was taken.

    `above_p90` is the share of clips that took longer than the sum of their p90 lines.
    """

    by_clip: Mapping[str, float]
    by_component: Mapping[str, float]
    above_p90: float

    @property
    def median(self) -> float:
        return median(self.by_clip.values())

    @property
    def worst_component(self) -> str:
        return max(self.by_component, key=lambda name: self.by_component[name])


def held_out(clips: Sequence[Clip], *, beside: Sequence[Clip] = ()) -> Accuracy:
    """Leaves one clip out at a time, fits every line to the rest, and foretells the one.

    Clips `beside` are fitted to as well, but not foretold.
    """
    by_clip: dict[str, float] = {}
    by_component: dict[str, list[float]] = {}
    above = 0
    for clip in clips:
        models = _fitted([*beside, *(other for other in clips if other is not clip)])
        known = {name: line for name, line in clip.lines.items() if name in models}
        foretold = sum(models[name].seconds(line.units) for name, line in known.items())
        at_most = sum(models[name].seconds_p90(line.units) for name, line in known.items())
        by_clip[clip.name] = abs(foretold - clip.seconds) / clip.seconds
        above += clip.seconds > at_most
        for name, line in known.items():
            missed = error(models[name], line.units, line.seconds)
            by_component.setdefault(name, []).append(missed)
    components = {name: median(errors) for name, errors in by_component.items()}
    return Accuracy(by_clip, components, above / len(clips))


def shuffled(clips: Sequence[Clip], *, seed: int = 1) -> list[Clip]:
    """The same clips, each with another's units: an estimate that knows nothing of its video."""
    order = list(range(len(clips)))
    random.Random(seed).shuffle(order)
    return [
        replace(clip, lines=_with_units_of(clips[other], clip))
        for clip, other in zip(clips, order, strict=True)
    ]


def _fitted(clips: Sequence[Clip]) -> dict[str, CostModel]:
    points: dict[str, list[tuple[float, float]]] = {}
    for clip in clips:
        for name, line in clip.lines.items():
            points.setdefault(name, []).append((line.units, line.seconds))
    return {name: fit(found) for name, found in points.items()}


def _with_units_of(other: Clip, clip: Clip) -> dict[str, Line]:
    return {
        name: replace(line, units=other.lines[name].units) if name in other.lines else line
        for name, line in clip.lines.items()
    }
