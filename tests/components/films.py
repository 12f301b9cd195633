"""Made films whose cuts, dissolves and fades are known, and how found ones are counted."""

import itertools
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from adapters.components.visual.shots import COMPONENT
from application.ports.components import Arrays
from tests.components.inputs import measured, picture_inputs
from tests.components.scenes import Picture, camera_move

GRID_S = 1 / 12
SIZE_PX = (284, 160)
SCENES = (
    "astronaut",
    "chelsea",
    "coffee",
    "rocket",
    "grass",
    "camera",
    "coins",
    "immunohistochemistry",
)
Film = list[Picture]


def shot(name: str, frames: int, *, pan: float = 0.1, tilt: float = 0.02) -> Film:
    return camera_move(name, size_px=SIZE_PX, frames=frames, pan=pan, tilt=tilt, zoom=0.05)


def joined(lengths: Sequence[int], *, names: Sequence[str] = SCENES) -> tuple[Film, list[float]]:
    """Shots of these lengths in frames, cut hard, and the moments of the cuts in seconds."""
    pans = itertools.cycle((0.1, -0.2, 0.0, 0.3))
    cast = itertools.cycle(names)
    film = [frame for length in lengths for frame in shot(next(cast), length, pan=next(pans))]
    return film, [float(end) / 12 for end in itertools.accumulate(lengths[:-1])]


def found_in(film: Film) -> Arrays:
    return measured(COMPONENT, picture_inputs(COMPONENT, film)).arrays


def f1(found_s: NDArray[np.float64], truth_s: Sequence[float], *, within_s: float) -> float:
    left = found_s.tolist()
    hits = 0
    for moment in truth_s:
        near = [other for other in left if abs(other - moment) <= within_s + 1e-9]
        if near:
            left.remove(min(near, key=lambda other: abs(other - moment)))
            hits += 1
    return 2 * hits / max(1, len(found_s) + len(truth_s))


def lit(film: Film, gain: Callable[[int], float], *, lift: float = 0.0) -> Film:
    return [
        np.clip(np.rint(frame * gain(index) + lift), 0, 255).astype(np.uint8)
        for index, frame in enumerate(film)
    ]


def dissolved(one: Film, other: Film, frames: int) -> Film:
    shares = (np.arange(frames) + 0.5) / frames
    mixed = [
        np.rint(a * (1 - share) + b * share).astype(np.uint8)
        for a, b, share in zip(one[-frames:], other[:frames], shares, strict=True)
    ]
    return one[:-frames] + mixed + other[frames:]


def faded(one: Film, other: Film, frames: int, *, level: int) -> Film:
    down = (np.arange(frames) + 0.5) / frames
    out = [
        np.rint(a * (1 - share) + level * share).astype(np.uint8)
        for a, share in zip(one[-frames:], down, strict=True)
    ]
    back = [
        np.rint(b * share + level * (1 - share)).astype(np.uint8)
        for b, share in zip(other[:frames], down, strict=True)
    ]
    return one[:-frames] + out + back + other[frames:]
