"""What has to be done now and then, whoever does it: each by its own clock, none stops another."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from application.errors import AdapterError
from application.origins import origin_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tick:
    """An act and how often it is due."""

    name: str
    interval_s: float
    act: Callable[[], object]


@dataclass(slots=True)
class Ticks:
    """Does what is due; a failure is told and the act is due again after its interval."""

    ticks: Sequence[Tick]
    monotonic: Callable[[], float] = time.monotonic
    _due_s: dict[str, float] = field(default_factory=dict)

    def do_due(self) -> None:
        """Does each act whose time has come, at first all of them."""
        for tick in self.ticks:
            if self.monotonic() < self._due_s.get(tick.name, 0.0):
                continue
            done(tick)
            self._due_s[tick.name] = self.monotonic() + tick.interval_s

    @property
    def left_s(self) -> float:
        """How long nothing is due."""
        now_s = self.monotonic()
        return min(max(0.0, self._due_s.get(t.name, 0.0) - now_s) for t in self.ticks)


def done(tick: Tick) -> bool:
    """Does one act; False when it failed, which is told by code and place, never by words."""
    try:
        tick.act()
    except AdapterError as error:
        _log.warning("tick.failed name=%s code=%s", tick.name, error.code)
    except Exception as bug:  # noqa: BLE001 - one act that fails must not stop the others
        _log.error(  # no traceback: it may hold what people wrote
            "tick.failed name=%s code=internal_error kind=%s at=%s",
            tick.name,
            type(bug).__name__,
            origin_of(bug),
        )
    else:
        return True
    return False
