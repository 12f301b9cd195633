"""The user's word that a run is no longer wanted, looked at between steps."""

from typing import Protocol


class Cancellation(Protocol):
    """A token that somebody else may set at any time."""

    @property
    def requested(self) -> bool: ...
