"""How varied the words of a text are, by measures that depend little on its length."""

from collections.abc import Sequence

import numpy as np

_FACTOR_TTR = 0.72
"""The type-token ratio at which a factor ends (McCarthy & Jarvis 2010)."""


def mtld(tokens: Sequence[str]) -> float:
    """Mean length in words of stretches that stay varied; NaN where no word is repeated.

    The measure of textual lexical diversity, the mean of a forward and a backward pass (McCarthy &
    Jarvis, Behavior Research Methods 42, 2010). Text that repeats nothing has no factor.
    """
    forward, backward = _factors(tokens), _factors(tokens[::-1])
    if not forward or not backward:
        return float("nan")
    return (len(tokens) / forward + len(tokens) / backward) / 2


def root_ttr(tokens: Sequence[str]) -> float:
    """Different words over the square root of all words (Guiraud 1954); 0 for no words."""
    return len(set(tokens)) / float(np.sqrt(len(tokens))) if tokens else 0.0


def _factors(tokens: Sequence[str]) -> float:
    """Whole factors of one pass, and the part of one at the end."""
    factors, seen, count = 0.0, set[str](), 0
    for token in tokens:
        seen.add(token)
        count += 1
        if len(seen) / count <= _FACTOR_TTR:
            factors, seen, count = factors + 1, set[str](), 0
    if count:
        factors += (1 - len(seen) / count) / (1 - _FACTOR_TTR)
    return factors
