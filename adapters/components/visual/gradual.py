"""Gradual transitions: dissolves from one picture into another, and fades through a plain frame.

In a dissolve every frame is a mixture of what was and what will be, so the frame in the middle lies
half-way between those around it; motion and cuts do not (Lienhart, Comparison of automatic shot
boundary detection algorithms, SPIE 1999, tells them by the same mixture). In a fade the contrast
falls to nothing and rises again while the picture keeps its structure.
"""

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

from adapters.components.visual.thumbnails import Thumbnails

Film = NDArray[np.float32]
"""Blurred luma thumbnails as rows, shape (n, values)."""
Numbers = NDArray[np.float64]

_REACHES = (5, 8)
_OFF_MIX_MAX = 0.32
_CHANGE_MIN = 5.0
_CHANGE_SHARE_MIN = 0.4
_LIKENESS_MAX = 0.6
_SAME_LIGHT_MAX = 0.85
_CHANGED_PART = 0.25
_CHANGED_AREA_MIN = 0.5
"""A title that appears over a scene changes less of it."""
_GAP_FRAMES = 3
_AROUND = 14
_DURATION_MIN = 3.5
_BACKSLIDE_MAX = 0.25
_MISMATCH_MIN = 0.006
_MISMATCH_RATIO = 1.3

_PLAIN_CONTRAST_MAX = 8.0
_BLACK_MAX, _WHITE_MIN = 45.0, 210.0
"""Films fade through black or white; plainness between is a wall that the camera passes."""
_PLAIN_SHARE_MAX = 0.25
_EMPTY_SHARE_MAX = 0.15
_EMPTY_DETAIL = 0.3
_PICTURE_CONTRAST_MIN = 4.0
_FADE_REACH = 24
_RAMP_LOW, _RAMP_HIGH = 0.15, 0.85
_RAMP_FRAMES_MIN = 2
_RAMP_SETTLED = 0.3
_SETTLED_FRAMES = 3
_BLINK_FRAMES_MAX = 24
_BACK_SHARE = 0.1
_SAME_LIKENESS_MIN = 0.4


@dataclass(frozen=True, slots=True)
class Gradual:
    """One gradual transition between frames `first` and `last`, which may lie between frames."""

    kind: str
    first: float
    last: float
    strength: float

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def dissolves(film: Thumbnails) -> list[Gradual]:
    """Every dissolve, in order."""
    blurred = _blurred(film)
    off = _off_mixture(blurred)
    candidates = [
        int(at) for at in np.flatnonzero(off < _OFF_MIX_MAX) if _joins_two_scenes(film, int(at))
    ]
    found = (_dissolve(blurred, off, group) for group in _groups(candidates))
    return [one for one in found if one is not None and _defies_flow(film, one)]


@dataclass(frozen=True, slots=True)
class Fades:
    """Fades from picture to picture, and where an opening fade ends and a closing one starts."""

    between: list[Gradual]
    opening_end: float
    closing_start: float


@dataclass(frozen=True, slots=True)
class Ramp:
    """One side of a plain stretch: frames until the picture is whole, and those part-way."""

    reach: int
    frames: int


def fades(film: Thumbnails) -> Fades:
    """Every fade through a plain frame; an opening from plain and a closing to plain apart."""
    contrast = film.contrast
    last = len(film) - 1
    between, opening, closing = [], 0.0, float(last)
    for start, end in _plain_runs(film):
        left = _ramp(contrast[: start + 1][::-1], film, at=start, step=-1)
        right = _ramp(contrast[end:], film, at=end, step=1)
        if start == 0 and right.frames >= _RAMP_FRAMES_MIN:
            opening = float(end + right.reach)
        elif end == last and left.frames >= _RAMP_FRAMES_MIN:
            closing = float(start - left.reach)
        elif min(left.frames, right.frames) > 0 and left.frames + right.frames > _RAMP_FRAMES_MIN:
            first, after = start - left.reach, end + right.reach
            if not _comes_back(film, first, after):
                between.append(Gradual("fade", float(first), float(after), 1.0))
    return Fades(between, opening, closing)


def _blurred(film: Thumbnails) -> Film:
    count, rows, columns = film.luma.shape
    even = film.luma[:, : rows // 2 * 2, : columns // 2 * 2]
    cells = even.reshape(count, rows // 2, 2, columns // 2, 2)
    return np.asarray(cells.mean(axis=(2, 4), dtype=np.float32)).reshape(count, -1)


def _off_mixture(film: Film) -> Numbers:
    """How far each frame is from the mixture of those around it, over how far these differ.

    About 0 inside a dissolve, 0.5 at a cut, 0.7 in motion; infinite where little changes.
    """
    total = np.zeros(len(film))
    for reach in _REACHES:
        part = np.full(len(film), np.inf)
        if len(film) > 2 * reach:
            part[reach:-reach] = _off_mixture_over(film, reach)
        total += part
    return total / len(_REACHES)


def _off_mixture_over(film: Film, reach: int) -> Numbers:
    before, here, after = film[: -2 * reach], film[reach:-reach], film[2 * reach :]
    change = _root_mean_square(after - before)
    off = _root_mean_square(here - (before + after) / 2)
    enough = np.maximum(_CHANGE_MIN, _CHANGE_SHARE_MIN * here.std(axis=1))
    return np.where(change >= enough, off / np.maximum(change, _CHANGE_MIN), np.inf)


def _root_mean_square(rows: NDArray[np.floating]) -> Numbers:
    return np.asarray(np.sqrt(np.mean(rows * rows, axis=1)), dtype=np.float64)


def _joins_two_scenes(film: Thumbnails, at: int) -> bool:
    one, other = at - _REACHES[-1], at + _REACHES[-1]
    if not (film.structured(one) and film.structured(other)):
        return False
    apart = film.luma[one].astype(np.float64) - film.luma[other]
    changed = np.abs(apart) > _CHANGED_PART * np.sqrt(np.mean(apart**2))
    if changed.mean() < _CHANGED_AREA_MIN:
        return False
    same_light = np.corrcoef(film.luma[one].ravel(), film.luma[other].ravel())[0, 1]
    return bool(same_light < _SAME_LIGHT_MAX and film.likeness(one, other) < _LIKENESS_MAX)


def _defies_flow(film: Thumbnails, one: Gradual) -> bool:
    """A mixture is worse explained by motion than what is around it, where a pan is as good."""
    first, last = max(1, int(one.first)), min(len(film) - 1, int(one.last) + 1)
    before = film.mismatch[max(1, first - _REACHES[-1]) : first]
    after = film.mismatch[last + 1 : last + 1 + _REACHES[-1]]
    around = np.concatenate([before, after])
    usual = float(np.median(around)) if len(around) else 0.0
    inside = float(np.median(film.mismatch[first : last + 1]))
    return inside > max(_MISMATCH_MIN, _MISMATCH_RATIO * usual)


def _groups(candidates: list[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for at in candidates:
        if groups and at - groups[-1][-1] <= _GAP_FRAMES:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _dissolve(film: Film, off: Numbers, group: list[int]) -> Gradual | None:
    """The dissolve around a group of mixed frames, if its mixture goes one way."""
    centre = min(group, key=lambda at: (off[at], at))
    reach = _REACHES[-1]
    before, after = film[centre - reach], film[centre + reach]
    start, stop = max(0, centre - _AROUND), min(len(film), centre + _AROUND + 1)
    way = (after - before) / float(np.sum((after - before) ** 2))
    share = np.asarray((film[start:stop] - before) @ way, dtype=np.float64)
    quarter = _crossing(share, 0.25, near=centre - start)
    half = _crossing(share, 0.5, near=centre - start)
    three = _crossing(share, 0.75, near=centre - start)
    if quarter is None or half is None or three is None:
        return None
    duration = 2 * (three - quarter)
    inside = share[max(0, int(half - duration / 2)) : int(half + duration / 2) + 2]
    backslide = float(np.max(np.maximum.accumulate(inside) - inside, initial=0.0))
    if duration < _DURATION_MIN or backslide > _BACKSLIDE_MAX:
        return None
    middle = start + half
    strength = 1.0 - float(off[centre])
    return Gradual("dissolve", middle - duration / 2, middle + duration / 2, strength)


def _crossing(share: Numbers, level: float, *, near: int) -> float | None:
    """Where the curve rises through `level`, between frames, nearest to a place."""
    below = np.flatnonzero((share[:-1] < level) & (share[1:] >= level))
    if not len(below):
        return None
    at = int(below[np.argmin(np.abs(below - near))])
    return at + float((level - share[at]) / (share[at + 1] - share[at]))


def _plain_runs(film: Thumbnails) -> list[tuple[int, int]]:
    """First and last frames of the stretches without contrast, seen against what is around."""
    fallen = _fallen(film.contrast) & _fallen(film.detail)
    extreme = (film.brightness <= _BLACK_MAX) | (film.brightness >= _WHITE_MIN)
    plain = (film.contrast <= _PLAIN_CONTRAST_MAX) & fallen & extreme
    empty = film.detail <= _EMPTY_SHARE_MAX * _around(film.detail) + _EMPTY_DETAIL
    edges = np.flatnonzero(np.diff(np.concatenate([[0], plain.astype(np.int8), [0]])))
    runs = [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [(first, last) for first, last in runs if empty[first : last + 1].any()]


def _fallen(values: Numbers) -> NDArray[np.bool_]:
    """Where the values are a small part of what they are around, on the fuller side."""
    return np.asarray(values <= _PLAIN_SHARE_MAX * _around(values))


def _around(values: Numbers) -> Numbers:
    return np.asarray(scipy.ndimage.maximum_filter1d(values, 2 * _FADE_REACH + 1, mode="nearest"))


def _comes_back(film: Thumbnails, first: int, last: int) -> bool:
    """The same picture stands before and after a short plain stretch: a flash or a strobe."""
    if last - first > _BLINK_FRAMES_MAX:
        return False
    back = film.distance(first, last) < _BACK_SHARE * film.distance(first, (first + last) // 2)
    return back or film.likeness(first, last) > _LIKENESS_MAX


def _plateau(contrast: Numbers) -> int:
    """The first place from which on the contrast hardly grows any more."""
    full = float(contrast.max())
    for at in range(1, len(contrast)):
        ahead = float(contrast[at : at + _SETTLED_FRAMES + 1].max())
        settled = contrast[at] > _RAMP_SETTLED * full and ahead < contrast[at] + 0.03 * full
        if settled or contrast[at] >= _RAMP_HIGH * full:
            return at
    return int(np.argmax(contrast))


def _ramp(contrast: Numbers, film: Thumbnails, *, at: int, step: int) -> Ramp:
    """How the contrast comes back, going away from a plain stretch.

    The picture must be the same one all along: a plain frame beside a cut is no fade.
    """
    window = contrast[: _FADE_REACH + 1]
    reach = _plateau(window)
    full = float(window[reach])
    between = np.flatnonzero((window > _RAMP_LOW * full) & (window < _RAMP_HIGH * full))
    between = between[between < reach]
    if full < _PICTURE_CONTRAST_MIN or not len(between):
        return Ramp(reach, 0)
    last = at + step * int(between[-1])
    whole = at + step * reach
    told = film.structured(last) and film.structured(whole)
    same = not told or film.likeness(last, whole) > _SAME_LIKENESS_MIN
    return Ramp(reach, len(between) if same else 0)
