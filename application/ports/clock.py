"""The time of day, asked for by use cases and given by the machine."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, in UTC and aware of it."""

    def now(self) -> datetime: ...
