"""From a network's probabilities to transitions: cuts, dissolves and fades, without flashes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

END_MIN = 0.35
DURING_MIN = 0.3
GRADUAL_FRAMES_MIN = 4
"""A transition over fewer frames is a cut: the network marks a frame or two on either side."""
PLAIN_LEVELS_MAX = 6.0
"""Standard deviation of luma under which a frame is plain, as in the middle of a fade."""
FADE_GAP_FRAMES_MAX = 6
"""The two halves of a fade are at most so far apart."""
FLASH_FRAMES_MAX = 4
FLASH_SHARE_MAX = 0.25
"""After a flash the picture is back: it differs by less than this share of what the flash did."""
STROBE_FRAMES_MAX = 7
"""Light that goes on or off for half a second is a flash as well; another picture is none."""
LIGHT_SHARE_MIN = 0.95
"""Of light alone this share of the picture grows brighter together, or darker."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A transition: the last frame of the old shot, the first of the new, and how sure it is."""

    last: int
    first: int
    strength: float
    kind: str


def passages(
    frames: NDArray[np.uint8], ends: NDArray[np.float64], during: NDArray[np.float64]
) -> list[Passage]:
    """The transitions between shots of small frames (n, height, width, 3).

    `ends` and `during` are probabilities that a shot ends at a frame and that it is part of a
    transition, shape (n,). What appears from or vanishes into plain frames parts no shots.
    """
    # One by one: as floating numbers all frames of a long film would take several times their room.
    spread = np.array([frame.mean(axis=2).std() for frame in frames])
    plain = spread < PLAIN_LEVELS_MAX
    extents = _runs(during > DURING_MIN)
    found: list[Passage] = []
    for run in _runs(ends > END_MIN):
        one = _passage(run, extents, ends, plain)
        if one.first >= len(frames) or (one.kind == "cut" and _is_flash(frames, one)):
            continue
        if found and _is_same_fade(found[-1], one, plain):
            strength = max(found[-1].strength, one.strength)
            found[-1] = replace(found[-1], first=one.first, kind="fade", strength=strength)
        elif not found or one.last >= found[-1].first:
            found.append(one)
    return [one for one in found if _parts_shots(one, plain)]


def _passage(
    run: tuple[int, int],
    extents: Sequence[tuple[int, int]],
    ends: NDArray[np.float64],
    plain: NDArray[np.bool_],
) -> Passage:
    a, b = run
    around = [(c, d) for c, d in extents if c < b and d > a]
    start = min([a, *(c for c, _ in around)])
    stop = max([b, *(d for _, d in around)])
    strength = float(ends[a:b].max())
    if stop - start < GRADUAL_FRAMES_MIN:
        # Of a cut the surest frame is the last of its shot.
        last = a + int(ends[a:b].argmax())
        return Passage(last, last + 1, strength, "cut")
    return Passage(start, stop, strength, "fade" if plain[start:stop].any() else "dissolve")


def _is_flash(frames: NDArray[np.uint8], cut: Passage) -> bool:
    """Whether the picture is soon back to what it was, or was so shortly before."""
    leap = _apart(frames[cut.last], frames[cut.first])
    lit = _is_light(frames[cut.last], frames[cut.first])
    frames_max = STROBE_FRAMES_MAX if lit else FLASH_FRAMES_MAX
    after = frames[cut.first + 1 : cut.first + 1 + frames_max]
    before = frames[max(0, cut.last - frames_max) : cut.last]
    back = [_apart(frames[cut.last], frame) for frame in after]
    back += [_apart(frame, frames[cut.first]) for frame in before]
    return bool(back) and min(back) < FLASH_SHARE_MAX * leap


def _is_same_fade(one: Passage, other: Passage, plain: NDArray[np.bool_]) -> bool:
    is_near = other.last - one.first <= FADE_GAP_FRAMES_MAX
    return is_near and bool(plain[one.last : other.first + 1].any())


def _parts_shots(one: Passage, plain: NDArray[np.bool_]) -> bool:
    return not (plain[: one.last + 1].all() or plain[one.first :].all())


def _is_light(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """Whether nearly all of the picture goes the same way, to bright or to dark."""
    step = other.astype(np.int16).sum(axis=2) - one.astype(np.int16).sum(axis=2)
    return bool(max((step >= 0).mean(), (step <= 0).mean()) >= LIGHT_SHARE_MIN)


def _apart(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Mean difference of two frames in levels."""
    return float(np.abs(one.astype(np.int16) - other).mean())


def _runs(marked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each run of True."""
    steps = np.flatnonzero(np.diff(np.concatenate([[False], marked, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in steps.reshape(-1, 2)]
