"""Frames that outlive their run for a while: the stored union, and pictures for people."""

from datetime import datetime
from typing import Protocol

from domain.identity import RunIdentity


class StoredFrames(Protocol):
    """Frames kept after a run, at most as long as the retention policy says (R-703).

    Contract (tests/contracts/stored_frames.py): `keep` is whole or not there; `expire` removes
    exactly what was stored before the moment.
    """

    def keep(self, identity: RunIdentity) -> None:
        """Moves the union frames of a segmented run out of its workspace, without loss."""
        ...

    def expire(self, *, stored_before: datetime) -> int:
        """Removes older frames; returns of how many runs."""
        ...
