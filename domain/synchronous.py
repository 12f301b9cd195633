"""What may be waited for: short videos, for tests and demonstrations (R-503)."""

from domain.errors import SyncVideoTooLong

DURATION_LIMIT_S = 60.0
"""A video is shorter than this."""
WAIT_MAX_S = 300.0


def check_synchronous(duration_s: float) -> None:
    """Raises SyncVideoTooLong for a video of a minute or more."""
    if duration_s >= DURATION_LIMIT_S:
        raise SyncVideoTooLong(
            f"{duration_s:.3f} s", duration_s=round(duration_s, 3), limit_s=DURATION_LIMIT_S
        )
