"""A ticker that ticks only when told to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


class ManualTicker:
    """Remembers what is to be done again and again (port `Ticker`); `tick` does it once."""

    def __init__(self) -> None:
        self._actions: list[Callable[[], None]] = []

    @contextmanager
    def every(self, interval_s: float, action: Callable[[], None]) -> Iterator[None]:
        del interval_s
        self._actions.append(action)
        try:
            yield
        finally:
            self._actions.remove(action)

    def tick(self) -> None:
        for action in list(self._actions):
            action()
