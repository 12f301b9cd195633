"""What other components take from `voice_activity`, when a profile has it."""

import numpy as np

from application.ports.components import Arrays


def spoken_share(voice: Arrays, *, start_s: float, end_s: float) -> float:
    """The share of a stretch of time in which somebody speaks; 0 for one of no length."""
    bounds_s = np.clip(voice["speech_bounds_s"], start_s, end_s)
    length_s = end_s - start_s
    if length_s <= 0:
        return 0.0
    return min(1.0, float(np.diff(bounds_s, axis=1).sum()) / length_s)
