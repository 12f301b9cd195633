"""Accepting a video: everything that can refuse it is asked before a run exists (R-101, R-103)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from application.errors import ResourceExhausted
from application.ports.clock import Clock
from application.ports.remote_videos import RemoteFacts, RemoteVideos
from application.ports.video_files import ProbedVideo, VideoProbe
from application.ports.workspaces import Workspaces
from application.queueing import Queueing
from application.use_cases.start_run import Request, StartRun
from domain.catalogue import Catalogue
from domain.errors import DomainError
from domain.identity import RunId
from domain.profile import Profile
from domain.run import Run
from domain.video import (
    DETAIL_LONG_SIDE_PX,
    DETAIL_SHORT_SIDE_PX,
    Metadata,
    UploadedFile,
    Video,
    YoutubeLink,
    as_read,
    check_duration,
    check_picture,
    merged,
)
from domain.video_size import VideoSize, characters

USUAL_RATE_HZ = 30.0
"""Where a platform does not tell the frame rate."""
PLATFORM_ROUNDING_S = 1.0
"""Platforms tell whole seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptVideo:
    """Turns a file or a link and a profile into a queued run, or refuses and leaves nothing."""

    start: StartRun
    clock: Clock
    workspaces: Workspaces
    probe: VideoProbe
    remote: RemoteVideos
    catalogue: Catalogue
    new_id: Callable[[], RunId] = lambda: RunId(uuid4())

    def upload(self, file: Path, *, metadata: Metadata, profile: Profile, request: Request) -> Run:
        """A queued run on a copy of the file; the earlier run when the request came before."""
        resolved = profile.resolved(self.catalogue)
        run_id = self.new_id()
        source = self.workspaces.stage_upload(run_id, file)
        is_needed = False
        try:
            known = as_read(metadata, self.clock.now())
            video, size = self._seen(run_id, source, known)
            run = self._queued(run_id, video, resolved, request)
            # Whatever else than a refusal or a full disk ends the start, the run may stand and need
            # its file; a sweep takes what none needs.
            is_needed = True
            try:
                started = self.start(run, size=size, request=request)
            except (DomainError, ResourceExhausted):
                is_needed = False
                raise
            is_needed = started.id == run_id
            return started
        finally:
            if not is_needed:
                self.workspaces.discard_upload(run_id)

    def link(
        self, link: YoutubeLink, *, metadata: Metadata, profile: Profile, request: Request
    ) -> Run:
        """A queued run on a link; what the user says about the video goes before the platform."""
        resolved = profile.resolved(self.catalogue)
        facts = self.remote.facts(link)
        told = merged(facts.metadata, metadata)
        known = as_read(replace(told, duration_s=facts.duration_s), self.clock.now())
        video = Video(
            source=link,
            duration_s=facts.duration_s,
            frame_step_s=PLATFORM_ROUNDING_S,
            metadata=known,
        )
        run = self._queued(self.new_id(), video, resolved, request)
        return self.start(run, size=size_of(facts, known), request=request)

    def size_of(self, file: Path, metadata: Metadata) -> VideoSize:
        """What a file's estimate depends on, after the same refusals as `upload`."""
        probed = self.probe.probe(file)
        check_probed(probed)
        return VideoSize.of(metadata, probed.duration_s, probed.describe())

    def _seen(
        self, run_id: RunId, source: UploadedFile, metadata: Metadata
    ) -> tuple[Video, VideoSize]:
        """A staged file as a video, and what its estimate depends on."""
        probed = self.probe.probe(self.workspaces.upload(run_id, source))
        check_probed(probed)
        video = Video(
            source=source,
            duration_s=probed.duration_s,
            frame_step_s=probed.frame_step_s,
            metadata=metadata,
        )
        return video, VideoSize.of(metadata, probed.duration_s, probed.describe())

    def _queued(self, run_id: RunId, video: Video, profile: Profile, request: Request) -> Run:
        queueing = Queueing(self.catalogue, self.clock)
        return queueing(run_id, video, profile, user_id=request.user_id)


def check_probed(probed: ProbedVideo) -> None:
    """Refuses by the limits what headers and packets already show (R-103, R-104)."""
    check_duration(probed.duration_s, tolerance_s=probed.frame_step_s)
    check_picture(probed.shown_width_px, probed.shown_height_px)


def size_of(facts: RemoteFacts, metadata: Metadata) -> VideoSize:
    """What the estimate of a link depends on: its facts, where no side exceeds what is fetched."""
    return VideoSize(
        duration_s=facts.duration_s,
        width_px=min(facts.width_px or DETAIL_LONG_SIDE_PX, DETAIL_LONG_SIDE_PX),
        height_px=min(facts.height_px or DETAIL_SHORT_SIDE_PX, DETAIL_SHORT_SIDE_PX),
        frame_rate_hz=facts.frame_rate_hz or USUAL_RATE_HZ,
        text_characters=characters(metadata),
    )
