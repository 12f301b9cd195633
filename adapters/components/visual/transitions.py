"""Transitions between shots, of every kind, without what only looks like one."""

from dataclasses import dataclass

from adapters.components.visual.gradual import Gradual, dissolves, fades
from adapters.components.visual.hard_cuts import hard_cuts
from adapters.components.visual.thumbnails import Thumbnails

_FLASH_FRAMES_MAX = 11
_LIGHT_STEP_MIN = 40.0
_WASHED_SHARE = 0.4
_LIKENESS_MIN = 0.4
_BACK_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Transition:
    """One transition: kind, the frames it lies between (a cut: `first` is the new shot's)."""

    kind: str
    first: float
    last: float
    strength: float

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


@dataclass(frozen=True, slots=True)
class Found:
    """All transitions in order, and where an opening fade ends and a closing one starts."""

    transitions: list[Transition]
    opening_end: float
    closing_start: float


def find_transitions(film: Thumbnails) -> Found:
    """Finds cuts, dissolves and fades; one that lies inside another is part of it."""
    through = fades(film)
    hard = _without_flashes(film, hard_cuts(film))
    mixed = [one for one in dissolves(film) if not _holds_a_cut(one, hard)]
    slow = _apart([*through.between, *mixed])
    cuts = [
        Transition("cut", float(at), float(at), strength)
        for at, strength in hard
        if not _touches(at, at, slow)
        and not (0 < at <= through.opening_end or at > through.closing_start + 1)
    ]
    gradual = [Transition(one.kind, one.first, one.last, one.strength) for one in slow]
    ordered = sorted([*cuts, *gradual], key=lambda one: one.middle)
    return Found(ordered, through.opening_end, through.closing_start)


def _apart(gradual: list[Gradual]) -> list[Gradual]:
    """The surest of those that overlap."""
    kept: list[Gradual] = []
    for one in sorted(gradual, key=lambda it: (-it.strength, it.first)):
        if not _touches(one.first, one.last, kept):
            kept.append(one)
    return kept


def _touches(first: float, last: float, gradual: list[Gradual]) -> bool:
    return any(first <= one.last + 1 and last >= one.first - 1 for one in gradual)


def _holds_a_cut(one: Gradual, cuts: list[tuple[int, float]]) -> bool:
    return any(one.first < at <= one.last + 1 for at, _ in cuts)


def _without_flashes(film: Thumbnails, cuts: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Takes out cuts into glare or darkness, and out of it, when the same picture comes back."""
    return [
        (at, sure)
        for at, sure in cuts
        if not _is_flash(film, at, step=1) and not _is_flash(film, at - 1, step=-1)
    ]


def _is_flash(film: Thumbnails, start: int, *, step: int) -> bool:
    """Whether from `start` on a short washed-out stretch runs, and the old picture follows it.

    A stretch that runs to the end of the video counts as well: a plain half second is no shot.
    """
    held = start - step
    if abs(film.brightness[start] - film.brightness[held]) < _LIGHT_STEP_MIN:
        return False
    end = start
    while 0 <= end < len(film) and abs(end - start) <= _FLASH_FRAMES_MAX:
        if film.contrast[end] > _WASHED_SHARE * film.contrast[held]:
            back = film.distance(held, end) < _BACK_SHARE * film.distance(held, start)
            return end != start and (back or film.likeness(held, end) > _LIKENESS_MIN)
        end += step
    return not 0 <= end < len(film)
