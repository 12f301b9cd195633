"""A chore that waits for strangers goes on beside the others, never twice at once."""

import threading
from dataclasses import dataclass, field

from entrypoints.workers.ticks import Tick, done


@dataclass(slots=True)
class Beside:
    """Does a tick's act in a thread of its own; while one goes on, another call does nothing.

    The thread is left when the process ends: what it had begun is taken up again by the next.
    """

    tick: Tick
    _thread: threading.Thread | None = field(default=None, init=False)

    def __call__(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        name = f"tick-{self.tick.name}"
        self._thread = threading.Thread(target=done, args=(self.tick,), daemon=True, name=name)
        self._thread.start()

    def wait(self, timeout_s: float) -> None:
        """Waits for what goes on, if anything does."""
        if self._thread is not None:
            self._thread.join(timeout_s)
