"""Whether the parts that an installation stands on answer, each in its time and by its name."""

import queue
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from application.errors import AdapterError

CHECK_S = 3.0
FRESH_S = 1.0
"""Whoever asks more often is told the same again: anybody may ask, and each check costs."""

OK = "ok"

Check = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Report:
    """How each part is: `ok`, else the code of what is wrong. Never an address or a credential."""

    parts: Mapping[str, str]

    @property
    def is_ready(self) -> bool:
        return all(state == OK for state in self.parts.values())


@dataclass(slots=True)
class Health:
    """Checks every part beside the others, none for longer than its time."""

    checks: Mapping[str, Check]
    check_s: float = CHECK_S
    fresh_s: float = FRESH_S
    monotonic: Callable[[], float] = time.monotonic
    _busy: dict[str, threading.Lock] = field(init=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, init=False)
    _last: tuple[float, Report] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._busy = {name: threading.Lock() for name in self.checks}

    def __call__(self) -> Report:
        with self._turn:
            now_s = self.monotonic()
            if self._last is None or now_s - self._last[0] >= self.fresh_s:
                self._last = (now_s, self._checked())
            return self._last[1]

    def _checked(self) -> Report:
        answers: queue.SimpleQueue[tuple[str, str]] = queue.SimpleQueue()
        for name in self.checks:
            thread = threading.Thread(
                target=self._check, args=(name, answers), daemon=True, name=f"health-{name}"
            )
            thread.start()
        ends_s = time.monotonic() + self.check_s
        parts = dict.fromkeys(self.checks, "timed_out")
        for _ in self.checks:
            try:
                name, state = answers.get(timeout=max(0.0, ends_s - time.monotonic()))
            except queue.Empty:
                break
            parts[name] = state
        return Report(parts)

    def _check(self, name: str, answers: queue.SimpleQueue[tuple[str, str]]) -> None:
        """One check of a part at a time: one that never comes back is not begun twice."""
        if not self._busy[name].acquire(blocking=False):
            answers.put((name, "timed_out"))
            return
        try:
            answers.put((name, _state(self.checks[name])))
        finally:
            self._busy[name].release()


def _state(check: Check) -> str:
    try:
        check()
    except AdapterError as error:
        return error.code
    except OSError:
        return "unavailable"
    except Exception:  # noqa: BLE001 - whatever it is, the part is down, and its words are not ours
        return "internal_error"
    return OK
