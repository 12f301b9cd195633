"""Frames that outlive their run for a while (R-703)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from domain.identity import RunIdentity


@dataclass(frozen=True, slots=True)
class UnionFrames:
    """A run's stored frames on the worker's disk: raw planar YUV 4:2:0, one after another.

    `size` is width and height, `indices` the places of the frames on the 12 fps timeline.
    """

    file: Path
    size: tuple[int, int]
    indices: tuple[int, ...]


class StoredFrames(Protocol):
    """Frames kept after a run, at most as long as the retention policy says.

    Contract (tests/contracts/stored_frames.py): `keep` is without loss, and whole or not there;
    keeping again is harmless; `expire` removes exactly what was stored before the moment.
    """

    def keep(self, identity: RunIdentity, frames: UnionFrames, *, now: datetime) -> None: ...

    def expire(self, *, stored_before: datetime) -> int:
        """Removes older frames; returns of how many runs."""
        ...
