"""Waiting as this machine does it."""

import secrets
import time

_JITTER_STEPS = 1000
_JITTER_SHARE_MAX = 0.25


class SystemPauses:
    """Sleeps (port `Pauses`), by chance up to a quarter longer than asked.

    Workers that lost the same server at the same moment do not all come back at the same moment.
    """

    def wait(self, pause_s: float) -> None:
        share = _JITTER_SHARE_MAX * secrets.randbelow(_JITTER_STEPS) / _JITTER_STEPS
        time.sleep(pause_s * (1 + share))
