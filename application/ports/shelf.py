"""What of ended runs is shown as it is: pages and pictures, where every process reads them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Shelf(Protocol):
    """Small files by their paths, such as `reports/<run>/report.html`.

    Contract (tests/contracts/shelf.py): `put` is whole or not at all and replaces what was there;
    `read` gives back exactly the bytes, None where nothing is; a path that leads elsewhere raises
    ValueError; `names` are those right below a folder; `expire` removes exactly what was put before
    the moment. A full disk raises `ResourceExhausted`, any other trouble `storage_failed`.
    """

    def put(self, path: str, content: bytes) -> None: ...

    def read(self, path: str) -> bytes | None: ...

    def has(self, path: str) -> bool: ...

    def names(self, folder: str) -> Sequence[str]: ...

    def expire(self, folder: str, *, stored_before: datetime) -> int:
        """Removes older files below a folder; returns how many."""
        ...

    def location(self, path: str) -> str:
        """Where a person finds a path, written or not."""
        ...
