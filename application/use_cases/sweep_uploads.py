"""Sweeping uploads: what was begun and never became a run goes after a day (R-107)."""

from collections.abc import Callable
from dataclasses import dataclass

from application.errors import AdapterError
from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.uploads import Uploads
from domain.retention import RetentionPolicy
from domain.upload import UploadId

_ROWS_MAX = 1000


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep took away."""

    uploads: int = 0
    size_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepUploads:
    """Removes uploads that took no byte for a day, whole or not, unless a run waits for them.

    One that cannot be removed stops no other; its failure comes out when all have been looked at.
    """

    unit_of_work: Callable[[], UnitOfWork]
    uploads: Uploads
    clock: Clock
    policy: RetentionPolicy

    def __call__(self) -> Swept:
        now = self.clock.now()
        swept, freed_bytes, failures = 0, 0, list[AdapterError]()
        for staged in self.uploads.staged():
            if not self.policy.upload_expired(staged.touched_at, now=now):
                continue
            try:
                if self._given_up(staged.id):
                    freed_bytes += self.uploads.discard(staged.id)
                    swept += 1
            except AdapterError as failure:
                failures.append(failure)
        swept += self._without_bytes()
        if failures:
            raise failures[0]
        return Swept(swept, freed_bytes)

    def _given_up(self, upload_id: UploadId) -> bool:
        with self.unit_of_work() as work:
            # Locked, and in the order of `CompleteUpload`: who is just completing it ends first.
            work.upload_sessions.find(upload_id)
            video = work.videos.of_original(upload_id)
            if video is not None:
                if work.videos.is_awaited(video):
                    return False
                video.original = None
                work.videos.save(video)
            work.upload_sessions.remove(upload_id)
            work.commit()
        return True

    def _without_bytes(self) -> int:
        """Uploads that were declared, and of which nothing is there."""
        before = self.clock.now() - self.policy.abandoned_upload
        there = {staged.id for staged in self.uploads.staged()}
        with self.unit_of_work() as work:
            found = work.upload_sessions.abandoned(created_before=before, limit=_ROWS_MAX)
            empty = [upload_id for upload_id in found if upload_id not in there]
            for upload_id in empty:
                work.upload_sessions.remove(upload_id)
            work.commit()
        return len(empty)
