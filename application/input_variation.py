"""Whether what a component was given varies at all: a level answer to it is then suspect."""

from itertools import islice

import numpy as np

from application.ports.components import Inputs

_PIECES = 30
_LEVELS_MIN = 24
_DIFFERENCE_MIN = 0.05


def varies(inputs: Inputs) -> bool:
    """True when observations, pictures or sound differ from moment to moment.

    Cheap rather than complete: it looks at what was observed, else at two pictures, else at the
    first 30 s of sound. False where a component reads nothing of the kind.
    """
    if inputs.observed:
        return any(
            len(seen) >= _LEVELS_MIN and bool((seen != seen[0]).any())
            for seen in inputs.observed.values()
            if seen.ndim > 0
        )
    if inputs.frames is not None:
        first, *second = islice(inputs.frames.luma(), 2)
        return any(not np.array_equal(first, other) for other in second)
    for sound in inputs.sounds.values():
        for block in islice(sound.blocks(), 1):
            pieces = np.array_split(np.square(block.samples), _PIECES)
            levels = np.array([float(np.sqrt(piece.mean())) for piece in pieces if piece.size])
            return bool(np.ptp(levels) > _DIFFERENCE_MIN * levels.max(initial=0.0))
    return False
