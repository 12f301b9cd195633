"""Hard cuts: one frame to the next, the picture is another and stays so.

Three things must come together. The optical flow fails from the frame before (so a pan or a
shaking hand is none), it fails there and not all around (so noise and a whirl are none), and no
frame soon after resembles one of the last in structure, whatever its light (so a flash, lightning
or a strobe is none, since the old picture comes back).
"""

import math

import numpy as np

from adapters.components.visual.thumbnails import Thumbnails

_BACK = 4
_CLOSE_FRAMES = 3
_MISMATCH_MIN = 0.2
_COLOUR_STEP_MIN = 12.0
_STEP_MIN = 3.0
_LIKENESS_MAX = 0.6
_PROMINENCE_MIN = 1.5
_SURE = 0.58

_CALM_RATIO = 5.0
_CALM_SHARE = 0.2
_CALM_STEP_MIN = 1.5
_CARD_FRAMES = 24


def hard_cuts(film: Thumbnails) -> list[tuple[int, float]]:
    """First frames of new shots, rising, each with how surely (0-1)."""
    found: list[tuple[int, float]] = []
    for at in range(1, len(film)):
        step = film.distance(at - 1, at)
        if film.mismatch[at] < _MISMATCH_MIN and step < _COLOUR_STEP_MIN:
            continue
        sure = _sureness(film, at, step)
        if sure < _SURE:
            continue
        if found and at - found[-1][0] <= _CLOSE_FRAMES:
            found[-1] = max(found[-1], (at, sure), key=lambda cut: cut[1])
        else:
            found.append((at, sure))
    return found


def _sureness(film: Thumbnails, at: int, step: float) -> float:
    pairs = _across(at, len(film))
    across = min(film.distance(i, j) for i, j in pairs)
    if _is_calm_step(film, at, step=step, across=across):
        return 1.0
    prominence = _prominence(film, at)
    if across < _STEP_MIN or prominence < _PROMINENCE_MIN or not _is_peak(film, at):
        return 0.0
    likeness = max(film.likeness(i, j) for i, j in pairs)
    if likeness > _LIKENESS_MAX:
        return 0.0
    contrast = (film.contrast[at - 1] + film.contrast[at]) / 2
    evidence = (
        (1.0, (_LIKENESS_MAX - likeness) / 0.3),
        (1.0, (float(film.mismatch[at]) - 0.35) / 0.6),
        (1.5, (across / (float(contrast) + 2) - 0.3) / 0.5),
        (1.2, math.log(prominence / 2) / math.log(4)),
    )
    total = sum(weight for weight, _ in evidence)
    return sum(weight * min(max(said, 0.0), 1.0) for weight, said in evidence) / total


def _across(at: int, count: int) -> list[tuple[int, int]]:
    """Pairs of a frame before and one after, at most a third of a second apart."""
    return [
        (at - i, at + j)
        for i in range(1, _BACK + 1)
        for j in range(_BACK + 1 - i)
        if at - i >= 0 and at + j < count
    ]


def _is_peak(film: Thumbnails, at: int) -> bool:
    return bool(film.mismatch[at] >= 0.8 * film.mismatch[max(1, at - 2) : at + 3].max())


def _prominence(film: Thumbnails, at: int) -> float:
    """How many times greater the mismatch is than on the calmer side."""
    sides = (film.mismatch[max(1, at - 3) : at], film.mismatch[at + 1 : at + 4])
    calmer = min((float(side.max()) for side in sides if len(side)), default=0.0)
    return float(max(film.mismatch[at], 1e-6) / max(calmer, 0.01))


def _is_calm_step(film: Thumbnails, at: int, *, step: float, across: float) -> bool:
    """Little or much has changed for good between two stretches in which next to nothing moves."""
    if step < _CALM_STEP_MIN or across < 0.7 * step:
        return False
    last = len(film) - 1
    side = max(
        film.distance(at - 1, max(at - 4, 0)),
        film.distance(at, min(at + 3, last)),
    )
    around = np.concatenate([film.mismatch[max(1, at - 4) : at], film.mismatch[at + 1 : at + 4]])
    calm = side <= _CALM_SHARE * across
    changed = (
        film.mismatch[at] >= _MISMATCH_MIN
        or _another_colour(film, at)
        or _another_card(film, at, across=across)
    )
    return bool(calm and changed and film.mismatch[at] >= _CALM_RATIO * around.max(initial=0.0))


def _another_colour(film: Thumbnails, at: int) -> bool:
    """Whether hue or saturation has jumped, which light alone does not do."""
    before, after = (film.colours[i].reshape(-1, 3).mean(axis=0) for i in (at - 1, at))
    jump = after - before
    return bool(np.abs(jump - jump.mean()).max() > _COLOUR_STEP_MIN)


def _another_card(film: Thumbnails, at: int, *, across: float) -> bool:
    """Whether one plain frame gives way to another, each for two seconds: a strobe may last one."""
    first, stop = at - _CARD_FRAMES, at + _CARD_FRAMES
    if first < 0 or stop > len(film) or film.structured(at - 1) or film.structured(at):
        return False
    sides = (film.brightness[first:at], film.brightness[at:stop])
    return max(float(np.ptp(side)) for side in sides) <= _CALM_SHARE * across
