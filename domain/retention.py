"""Retention: how long each thing that a run leaves behind may live (R-107, R-703)."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class RetentionPolicy:
    """Ages at which things end; each is expired exactly when it is older than its age."""

    stored_frames: timedelta = timedelta(days=7)
    workspace_of_terminal_run: timedelta = timedelta(hours=1)
    abandoned_upload: timedelta = timedelta(hours=24)

    def frames_expired(self, stored_at: datetime, *, now: datetime) -> bool:
        return now - stored_at > self.stored_frames

    def workspace_expired(self, run_finished_at: datetime, *, now: datetime) -> bool:
        return now - run_finished_at > self.workspace_of_terminal_run

    def upload_expired(self, last_touched_at: datetime, *, now: datetime) -> bool:
        return now - last_touched_at > self.abandoned_upload
