"""A circuit breaker per egress: asking on while YouTube distrusts us makes the distrust last."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from domain.link_refusal import LinkRefusal


@dataclass(slots=True)
class _Egress:
    refusals_in_a_row: int = 0
    reason: LinkRefusal = LinkRefusal.RATE_LIMITED
    closed_until_s: float = 0.0


@dataclass(slots=True)
class CircuitBreaker:
    """Refuses at once for `rest_s` after `refusals_max` bot checks or 429s in a row.

    One breaker is shared by everything in a process that leaves by the same ways out. After the
    rest one request may try; if it is refused again, the rest begins anew.
    """

    refusals_max: int = 3
    rest_s: float = 15 * 60.0
    monotonic: Callable[[], float] = time.monotonic
    _egresses: dict[str, _Egress] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def refusal(self, egress: str) -> LinkRefusal | None:
        """Return why nothing may be asked through this egress now; None when it may."""
        with self._lock:
            state = self._egresses.get(egress)
            if state is None or self.monotonic() >= state.closed_until_s:
                return None
            return state.reason

    def distrusted(self, egress: str, reason: LinkRefusal) -> None:
        """Note a bot check or a 429."""
        with self._lock:
            state = self._egresses.setdefault(egress, _Egress())
            state.refusals_in_a_row += 1
            state.reason = reason
            if state.refusals_in_a_row >= self.refusals_max:
                state.closed_until_s = self.monotonic() + self.rest_s

    def trusted(self, egress: str) -> None:
        """Note that YouTube answered us as it answers anyone."""
        with self._lock:
            self._egresses.pop(egress, None)
