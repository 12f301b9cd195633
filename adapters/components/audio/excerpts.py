"""Stretches of one sound, cut out of it while its blocks pass."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from application.ports.components import Sound

Excerpt = NDArray[np.float32]


def excerpts(sound: Sound, bounds: Iterable[tuple[int, int]]) -> Iterator[Excerpt]:
    """The samples of each stretch `start:stop`, mono, within ±1, shape (stop - start,).

    Stretches rise by their start and may overlap; only what they still need is held. What lies
    beyond the end of the sound is left out.
    """
    held, first = np.zeros(0, dtype=np.float32), 0
    blocks = sound.blocks()
    for start, stop in bounds:
        if start < first:
            raise ValueError("stretches rise by their start")
        while first + len(held) < stop and (block := next(blocks, None)) is not None:
            held, first = _without(held, first, before=start)
            held = np.concatenate([held, block.samples[:, 0]])
        held, first = _without(held, first, before=start)
        yield np.clip(held[: stop - first], -1, 1)


def _without(held: Excerpt, first: int, *, before: int) -> tuple[Excerpt, int]:
    dropped = min(len(held), max(0, before - first))
    return held[dropped:], first + dropped
