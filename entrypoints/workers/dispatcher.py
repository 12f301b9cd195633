"""The embedded worker: takes runs from the outbox one after another until it is asked to end."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from application.errors import AdapterError
from application.origins import origin_of
from entrypoints.workers.ticks import Ticks

POLL_S = 0.1
"""A run that is started is taken up after half of this; a look costs under a millisecond."""
FAILED_PAUSE_S = 5.0
"""What failed a moment ago, the database say, is not asked twenty times a second."""

_log = logging.getLogger(__name__)


class Wish(Protocol):
    """Somebody's wish that the process ends."""

    @property
    def is_asked(self) -> bool: ...

    def wait(self, seconds: float) -> bool: ...


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Works on what is next; in between it does what is due, and keeps its analyst warm."""

    work_on_next: Callable[[], bool]
    warm: Callable[[], None]
    ticks: Ticks
    stopping: Wish

    def __call__(self) -> None:
        while not self.stopping.is_asked:
            self.warm()
            self.ticks.do_due()
            pause_s = self._pause_s()
            if pause_s:
                self.stopping.wait(pause_s)

    def _pause_s(self) -> float:
        """Works on one run, if any; how long to rest before the next look."""
        try:
            return 0.0 if self.work_on_next() else POLL_S
        except AdapterError as error:
            _log.warning("worker.failed code=%s", error.code)
        except Exception as bug:  # noqa: BLE001 - the run is put back; the worker lives (46)
            _log.error(  # no traceback: it may hold what people wrote
                "worker.failed code=internal_error kind=%s at=%s",
                type(bug).__name__,
                origin_of(bug),
            )
        return FAILED_PAUSE_S
