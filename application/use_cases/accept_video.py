"""Accepting a video: everything that can refuse it is asked before a run exists (R-101, R-103)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.remote_videos import RemoteVideos
from application.ports.unit_of_work import UnitOfWork
from application.ports.video_files import ProbedVideo, VideoProbe
from application.ports.workspaces import Workspaces
from application.retrying import Retrying
from domain.catalogue import Catalogue
from domain.errors import MetadataRequired, RunNotFound
from domain.identity import DATAPROCESSOR_VERSION, RunId, RunIdentity
from domain.profile import Profile
from domain.run import Run
from domain.sampling import SAMPLING_POLICY_VERSION
from domain.video import (
    Metadata,
    Video,
    YoutubeLink,
    check_duration,
    check_picture,
)
from domain.video_size import VideoSize

COMMENTS_MAX = 100
PLATFORM_ROUNDING_S = 1.0
"""Platforms tell whole seconds."""
POLICIES: Mapping[str, str] = {"sampling": SAMPLING_POLICY_VERSION}


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptVideo:
    """Turns a file or a link and a profile into a queued run, or refuses and leaves nothing."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    workspaces: Workspaces
    probe: VideoProbe
    remote: RemoteVideos
    catalogue: Catalogue
    retrying: Retrying
    new_id: Callable[[], RunId] = lambda: RunId(uuid4())

    def upload(self, file: Path, *, metadata: Metadata, profile: Profile) -> Run:
        """A queued run on a copy of the file."""
        resolved = profile.resolved(self.catalogue)
        run_id = self.new_id()
        source = self.workspaces.stage_upload(run_id, file)
        try:
            probed = self.probe.probe(self.workspaces.upload(run_id, source))
            check_probed(probed)
            video = Video(
                source=source,
                duration_s=probed.duration_s,
                frame_step_s=probed.frame_step_s,
                metadata=metadata,
            )
            return self._queued(run_id, video, resolved)
        except BaseException:
            self.workspaces.discard_upload(run_id)
            raise

    def link(self, link: YoutubeLink, *, metadata: Metadata, profile: Profile) -> Run:
        """A queued run on a link; what the user says about the video goes before the platform."""
        resolved = profile.resolved(self.catalogue)
        facts = self.remote.facts(link, comments_max=self._comments(resolved))
        known = replace(_merged(facts.metadata, metadata), duration_s=facts.duration_s)
        video = Video(
            source=link,
            duration_s=facts.duration_s,
            frame_step_s=PLATFORM_ROUNDING_S,
            metadata=known,
        )
        return self._queued(self.new_id(), video, resolved)

    def size_of(self, file: Path, metadata: Metadata) -> VideoSize:
        """What a file's estimate depends on, after the same refusals as `upload`."""
        probed = self.probe.probe(file)
        check_probed(probed)
        return VideoSize.of(metadata, probed.duration_s, probed.describe())

    def _comments(self, profile: Profile) -> int:
        specs = self.catalogue.in_order(profile.component_names)
        return COMMENTS_MAX if any("comments" in s.needs_metadata for s in specs) else 0

    def _queued(self, run_id: RunId, video: Video, profile: Profile) -> Run:
        self._require(video.metadata, profile)
        identity = RunIdentity(
            platform_id=video.platform,
            video_id=video.video_id,
            run_id=run_id,
            config_hash=profile.config_hash(policies=POLICIES),
            sampling_policy_version=SAMPLING_POLICY_VERSION,
            dataprocessor_version=DATAPROCESSOR_VERSION,
        )
        run = Run(
            identity=identity,
            profile=profile,
            source=video.source,
            metadata=video.metadata,
            created_at=self.clock.now(),
        )
        self.retrying(lambda: self._add(run))
        return run

    def _add(self, run: Run) -> None:
        with self.unit_of_work() as work:
            # An earlier try may have done it and lost the answer: the id is this run's alone.
            if not _is_known(work, run.id):
                work.runs.add(run)
                work.commit()

    def _require(self, metadata: Metadata, profile: Profile) -> None:
        for spec in self.catalogue.in_order(profile.component_names):
            for field in spec.needs_metadata:
                value = getattr(metadata, field)
                if value is None or (isinstance(value, str) and not value.strip()):
                    raise MetadataRequired(field)


def check_probed(probed: ProbedVideo) -> None:
    """Refuses by the limits what headers and packets already show (R-103, R-104)."""
    check_duration(probed.duration_s, tolerance_s=probed.frame_step_s)
    check_picture(probed.shown_width_px, probed.shown_height_px)


def _is_known(work: UnitOfWork, run_id: RunId) -> bool:
    try:
        work.runs.get(run_id)
    except RunNotFound:
        return False
    return True


def _merged(platform: Metadata, user: Metadata) -> Metadata:
    given = {
        name: value
        for name in Metadata.__dataclass_fields__
        if (value := getattr(user, name)) not in (None, ())
    }
    return replace(platform, **given)
