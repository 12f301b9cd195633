"""How often a run is tried before it is given up, and how long it rests in between."""

from datetime import timedelta

TRIES_MAX = 3
"""A run that has ended its worker three times would end the next one too (hardening 48)."""

_RESTS = (timedelta(seconds=15), timedelta(seconds=60))
"""Four times as long each time (R-507)."""


def is_spent(tries: int) -> bool:
    """Whether a run has had all its tries."""
    return tries >= TRIES_MAX


def rest_after(tries: int) -> timedelta:
    """How long a run rests after so many tries, at least one."""
    return _RESTS[min(max(tries, 1), len(_RESTS)) - 1]
