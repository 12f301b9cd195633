"""Waiting between two tries."""

from typing import Protocol


class Pauses(Protocol):
    """Lets time pass; how long exactly is the machine's to say, but never less than asked."""

    def wait(self, pause_s: float) -> None: ...
