"""Estimating: what each component will take and cost, before anything starts (R-603)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.remote_videos import RemoteVideos
from application.ports.unit_of_work import UnitOfWork
from application.pricing import pricing
from application.queueing import Queueing
from application.reusing import Reusing
from application.use_cases.accept_video import PLATFORM_ROUNDING_S, AcceptVideo, size_of
from application.use_cases.complete_upload import digested
from domain.catalogue import Catalogue
from domain.estimate import Estimate
from domain.identity import RunId
from domain.ledger import UserId
from domain.profile import Profile
from domain.run import Run
from domain.video import Metadata, Video, YoutubeLink, check_duration, merged
from domain.video_size import VideoSize


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateRun:
    """The itemised time and price of a profile on a file or a link, kept for its user.

    What `AcceptVideo` refuses for its length or its shape is refused here as well. Nothing is kept
    of the video itself.
    """

    accept: AcceptVideo
    remote: RemoteVideos
    catalogue: Catalogue
    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    reusing: Reusing

    def upload(
        self,
        file: Path,
        *,
        metadata: Metadata,
        profile: Profile,
        user_id: UserId,
        is_anew: bool = False,
    ) -> Estimate:
        size = self.accept.size_of(file, metadata)
        if is_anew:
            return self._estimate(profile, size, user_id)
        video = Video(
            source=digested(file),
            duration_s=size.duration_s,
            # It has passed the limits by its own.
            frame_step_s=PLATFORM_ROUNDING_S,
            metadata=metadata,
        )
        return self._estimate(profile, size, user_id, video)

    def link(
        self,
        link: YoutubeLink,
        *,
        metadata: Metadata,
        profile: Profile,
        user_id: UserId,
        is_anew: bool = False,
    ) -> Estimate:
        """The estimate by what the platform tells, over which goes what the user says."""
        facts = self.remote.facts(link)
        check_duration(facts.duration_s, tolerance_s=PLATFORM_ROUNDING_S)
        known = replace(merged(facts.metadata, metadata), duration_s=facts.duration_s)
        size = size_of(facts, known)
        if is_anew:
            return self._estimate(profile, size, user_id)
        video = Video(
            source=link,
            duration_s=facts.duration_s,
            frame_step_s=PLATFORM_ROUNDING_S,
            metadata=known,
        )
        return self._estimate(profile, size, user_id, video)

    def _estimate(
        self, profile: Profile, size: VideoSize, user_id: UserId, video: Video | None = None
    ) -> Estimate:
        """With a video, by what is there of it already."""
        now = self.clock.now()
        with self.unit_of_work() as work:
            asked = None if video is None else self._asked(video, profile, user_id)
            reused = {} if asked is None else self.reusing.results(work, asked, now=now)
            of_now = pricing(work, self.catalogue, now=now)
            found = of_now.estimate(profile, size, now=now, reused=reused)
            work.estimates.add(found, user_id=user_id)
            work.commit()
        return found

    def _asked(self, video: Video, profile: Profile, user_id: UserId) -> Run | None:
        """The run that a start would make; None while something is not said that it takes."""
        resolved, queueing = profile.resolved(self.catalogue), Queueing(self.catalogue, self.clock)
        if not queueing.has_all(video.metadata, resolved):
            return None
        return queueing(RunId(uuid4()), video, resolved, user_id=user_id)
