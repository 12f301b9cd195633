"""Uploaded files on their way to the runs that measure them, and their end (R-107)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from application.errors import AdapterError
from application.ports.unit_of_work import UnitOfWork
from application.ports.uploads import Uploads
from application.retrying import Retrying
from application.use_cases.complete_upload import digested
from domain.errors import UploadMissing
from domain.run import Run
from domain.upload import UploadId
from domain.video import UploadedFile


@dataclass(frozen=True, slots=True)
class Originals:
    """Gives every run of an uploaded video its file, until the last of them has taken it apart."""

    unit_of_work: Callable[[], UnitOfWork]
    uploads: Uploads
    retrying: Retrying

    def fetch(self, run: Run, source: UploadedFile, *, into: Path) -> Path:
        """The run's own copy, as it was uploaded; raises UploadMissing when it is gone."""
        with self.unit_of_work() as work:
            video = work.videos.of_upload(run.user_id, source.video_id)
        if video is None or video.original is None:
            raise UploadMissing("the uploaded video is not there any more")
        self.uploads.fetch(video.original, into=into)
        if digested(into) != source:
            into.unlink()
            raise AdapterError(
                "an uploaded video is not what was uploaded", code="storage_failed", retryable=True
            )
        return into

    def let_go(self, run: Run) -> None:
        """The run needs its file no more: it is deleted, unless another run still waits for it."""
        if not isinstance(run.source, UploadedFile):
            return
        gone = self.retrying(lambda: self._given_up(run))
        if gone is not None:
            self.retrying(lambda: self.uploads.discard(gone))

    def _given_up(self, run: Run) -> UploadId | None:
        with self.unit_of_work() as work:
            # The video is read for keeps, so no other run of it can start before this is decided.
            video = work.videos.of_upload(run.user_id, run.identity.video_id)
            if video is None or video.original is None:
                return None
            if work.videos.is_awaited(video, besides=run.id):
                return None
            gone, video.original = video.original, None
            work.videos.save(video)
            work.commit()
        return gone
