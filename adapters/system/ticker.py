"""Ticks from a thread of their own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class ThreadTicker:
    """Calls an action at an interval in a daemon thread (port `Ticker`).

    The first call comes after one interval; leaving the context waits for a call under way. An
    exception of the action comes out when the context is left.
    """

    @contextmanager
    def every(self, interval_s: float, action: Callable[[], None]) -> Iterator[None]:
        stop = threading.Event()
        failed: list[BaseException] = []

        def tick() -> None:
            while not stop.wait(interval_s):
                try:
                    action()
                except BaseException as error:  # noqa: BLE001 - handed over to the main thread
                    failed.append(error)
                    return

        thread = threading.Thread(target=tick, name="ticker", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
        if failed:
            raise failed[0]
