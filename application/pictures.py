"""Pictures of a run's key frames, kept for the days of its stored frames (R-703, R-804)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from application.ports.shelf import Shelf
from domain.identity import RunId

FOLDER = "pictures"
_ENDING = ".jpg"


@dataclass(frozen=True, slots=True)
class Pictures:
    """JPEG files by run and place on the timeline of 12 frames a second."""

    shelf: Shelf

    def keep(self, run_id: RunId, jpegs: Mapping[int, bytes]) -> None:
        """Keeps what is not kept yet: pictures do not grow younger by being made again."""
        known = self.indices(run_id)
        for index, jpeg in jpegs.items():
            if index not in known:
                self.shelf.put(_path(run_id, index), jpeg)

    def read(self, run_id: RunId, index: int) -> bytes | None:
        return self.shelf.read(_path(run_id, index))

    def indices(self, run_id: RunId) -> frozenset[int]:
        """Of which frames there is a picture."""
        names = self.shelf.names(f"{FOLDER}/{run_id}")
        return frozenset(int(name.removesuffix(_ENDING)) for name in names)

    def expire(self, *, stored_before: datetime) -> int:
        """Removes older ones, of whatever run; returns how many."""
        return self.shelf.expire(FOLDER, stored_before=stored_before)


def _path(run_id: RunId, index: int) -> str:
    return f"{FOLDER}/{run_id}/{index}{_ENDING}"
