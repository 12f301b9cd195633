"""Estimating: what each component will take and cost, before anything starts (R-603)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from application.ports.clock import Clock
from application.ports.remote_videos import RemoteVideos
from application.ports.unit_of_work import UnitOfWork
from application.pricing import pricing
from application.use_cases.accept_video import PLATFORM_ROUNDING_S, AcceptVideo, size_of
from domain.catalogue import Catalogue
from domain.estimate import Estimate
from domain.ledger import UserId
from domain.profile import Profile
from domain.video import Metadata, YoutubeLink, check_duration, merged
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

    def upload(
        self, file: Path, *, metadata: Metadata, profile: Profile, user_id: UserId
    ) -> Estimate:
        return self._estimate(profile, self.accept.size_of(file, metadata), user_id)

    def link(
        self, link: YoutubeLink, *, metadata: Metadata, profile: Profile, user_id: UserId
    ) -> Estimate:
        """The estimate by what the platform tells, over which goes what the user says."""
        facts = self.remote.facts(link)
        check_duration(facts.duration_s, tolerance_s=PLATFORM_ROUNDING_S)
        size = size_of(facts, merged(facts.metadata, metadata))
        return self._estimate(profile, size, user_id)

    def _estimate(self, profile: Profile, size: VideoSize, user_id: UserId) -> Estimate:
        now = self.clock.now()
        with self.unit_of_work() as work:
            found = pricing(work, self.catalogue, now=now).estimate(profile, size, now=now)
            work.estimates.add(found, user_id=user_id)
            work.commit()
        return found
