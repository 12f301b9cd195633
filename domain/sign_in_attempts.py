"""Attempts to sign in: how many may fail before an address has to wait.

They count for any address, whether somebody has it or not: the answer tells nothing of that.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import TooManyAttempts

_ALMOST_A_SECOND = timedelta(microseconds=999_999)


@dataclass(frozen=True, slots=True)
class AttemptLimit:
    """At most `failures_max` failures within any `window`; the window slides."""

    failures_max: int = 10
    window: timedelta = timedelta(minutes=15)

    def check(self, failures: Sequence[datetime], *, now: datetime) -> None:
        """Raises TooManyAttempts with the time of the next that may be."""
        recent = sorted(moment for moment in failures if moment > now - self.window)
        if len(recent) >= self.failures_max:
            # Told in whole seconds, and rounded up: whoever comes then is let try.
            free_at = recent[-self.failures_max] + self.window + _ALMOST_A_SECOND
            raise TooManyAttempts(
                f"{self.failures_max} failed", free_at=free_at.isoformat(timespec="seconds")
            )


def address_digest(email: str) -> str:
    """What attempts are counted by: a table of strangers' addresses is none to keep."""
    return hashlib.sha256(email.encode()).hexdigest()
