"""Pauses that pass at once."""

from collections.abc import Callable


class NoPauses:
    """Remembers how long it was asked to wait (port `Pauses`), and does `meanwhile` instead."""

    def __init__(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        self.waited_s: list[float] = []
        self._meanwhile = meanwhile

    def wait(self, pause_s: float) -> None:
        self.waited_s.append(pause_s)
        self._meanwhile()
