"""Completing an upload: it is looked at whole and becomes a video, or nothing is left of it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.ports.uploads import Uploads
from application.ports.video_files import ProbedVideo, VideoProbe
from application.retrying import Retrying
from application.use_cases.accept_video import check_probed
from domain.errors import DomainError, UploadMissing
from domain.kept_video import KeptVideo, KeptVideoId, VideoFacts
from domain.ledger import UserId
from domain.upload import Upload, UploadId, UploadState
from domain.video import UploadedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteUpload:
    """Makes an upload that has come whole into a video of its user, ready to be estimated.

    Asked twice, also at once, it gives the same video. What is not the declared file, or no video
    that can be analysed, is refused and removed; while bytes are missing the upload stays open.
    """

    unit_of_work: Callable[[], UnitOfWork]
    uploads: Uploads
    probe: VideoProbe
    clock: Clock
    retrying: Retrying
    new_id: Callable[[], KeptVideoId] = lambda: KeptVideoId(uuid4())

    def __call__(self, user_id: UserId, upload_id: UploadId) -> KeptVideo:
        """Raises UploadNotFound, UploadEnded, UploadIncomplete, UploadMismatch, and what refuses a
        file (UnsupportedInput, VideoFileCorrupted, VideoTooShort, VideoTooLong)."""
        with self.unit_of_work() as work:
            upload = work.upload_sessions.get(upload_id, user_id=user_id)
            if upload.state is UploadState.COMPLETE:
                return _video_of(work, upload)
        upload.check_open(now=self.clock.now())
        upload.check_received(self.uploads.received(upload))
        try:
            found, facts = self._seen(upload)
        except UploadMissing:
            # Somebody completed it at the same time, and it was a video known already.
            with self.unit_of_work() as work:
                return _video_of(work, work.upload_sessions.get(upload_id, user_id=user_id))
        except DomainError:
            self._forget(upload.id)
            raise
        video, spare = self.retrying(lambda: self._kept(upload, found, facts))
        if spare is not None:
            self.uploads.discard(spare)
        return video

    def _seen(self, upload: Upload) -> tuple[UploadedFile, VideoFacts]:
        with self.uploads.opened(upload.id) as file:
            found = digested(file)
            upload.check_content(found)
            probed = self.probe.probe(file)
            check_probed(probed)
        return found, _facts(probed)

    def _kept(
        self, upload: Upload, found: UploadedFile, facts: VideoFacts
    ) -> tuple[KeptVideo, UploadId | None]:
        """The user's video of this content, and the upload whose bytes are there twice, if any."""
        with self.unit_of_work() as work:
            current = work.upload_sessions.get(upload.id, user_id=upload.user_id)
            if current.state is UploadState.COMPLETE:
                return _video_of(work, current), None
            new = KeptVideo(
                id=self.new_id(),
                user_id=upload.user_id,
                source=found,
                given=upload.metadata,
                added_at=self.clock.now(),
            )
            video = work.videos.add(new)
            video.describe(upload.metadata)
            video.resolve(facts)
            spare, video.original = video.original, upload.id
            if spare is not None and work.videos.is_awaited(video):
                # A worker may be reading the earlier one, which no sweep takes from it.
                spare, video.original = upload.id, spare
            work.videos.save(video)
            current.complete(video.id)
            work.upload_sessions.save(current)
            work.commit()
        return video, spare

    def _forget(self, upload_id: UploadId) -> None:
        def forget() -> None:
            with self.unit_of_work() as work:
                work.upload_sessions.remove(upload_id)
                work.commit()

        self.retrying(forget)
        self.uploads.discard(upload_id)


def digested(file: Path) -> UploadedFile:
    """A file by its content."""
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return UploadedFile(digest, file.stat().st_size)


def _facts(probed: ProbedVideo) -> VideoFacts:
    return VideoFacts(
        duration_s=probed.duration_s,
        width_px=probed.shown_width_px,
        height_px=probed.shown_height_px,
        frame_rate_hz=probed.frame_rate_hz,
        frame_step_s=probed.frame_step_s,
    )


def _video_of(work: UnitOfWork, upload: Upload) -> KeptVideo:
    if upload.video is None:
        raise UploadMissing("the uploaded file is not there any more")
    return work.videos.get(KeptVideoId(upload.video), user_id=upload.user_id)
