"""A shelf in memory."""

from collections.abc import Sequence
from datetime import datetime

from adapters.memory.clock import FixedClock
from domain.artifact import checked_path


class MemoryShelf:
    """Files in a dictionary, each with the moment it was put (port `Shelf`)."""

    def __init__(self, clock: FixedClock) -> None:
        self._clock = clock
        self._files: dict[str, tuple[datetime, bytes]] = {}

    def put(self, path: str, content: bytes) -> None:
        self._files[str(checked_path(path))] = (self._clock.now(), content)

    def read(self, path: str) -> bytes | None:
        found = self._files.get(str(checked_path(path)))
        return None if found is None else found[1]

    def has(self, path: str) -> bool:
        return str(checked_path(path)) in self._files

    def names(self, folder: str) -> Sequence[str]:
        below = [p.removeprefix(f"{folder}/") for p in self._files if p.startswith(f"{folder}/")]
        return sorted({name.split("/")[0] for name in below})

    def expire(self, folder: str, *, stored_before: datetime) -> int:
        old = [
            path
            for path, (put_at, _) in self._files.items()
            if path.startswith(f"{folder}/") and put_at < stored_before
        ]
        for path in old:
            del self._files[path]
        return len(old)

    def location(self, path: str) -> str:
        return f"memory:{checked_path(path)}"
