"""Removing pictures of key frames past their days, wherever they stand (R-703)."""

from dataclasses import dataclass

from application.pictures import Pictures
from application.ports.clock import Clock
from domain.retention import RetentionPolicy


@dataclass(frozen=True, slots=True)
class ExpirePictures:
    """One act for all machines: workers share the pictures, and none of them looks for old ones."""

    pictures: Pictures
    clock: Clock
    policy: RetentionPolicy

    def __call__(self) -> int:
        """Returns how many were removed."""
        return self.pictures.expire(stored_before=self.clock.now() - self.policy.stored_frames)
