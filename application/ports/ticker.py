"""Something done again and again beside the work, such as a heartbeat."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol


class Ticker(Protocol):
    """Calls an action at an interval until the context is left."""

    def every(
        self, interval_s: float, action: Callable[[], None]
    ) -> AbstractContextManager[None]: ...
