"""Estimating: how long each component will take, before anything starts (R-603)."""

from dataclasses import dataclass
from pathlib import Path

from application.ports.profiles import Costs
from application.ports.remote_videos import RemoteVideos
from application.use_cases.accept_video import PLATFORM_ROUNDING_S, AcceptVideo
from domain.catalogue import Catalogue
from domain.effort import Effort, effort
from domain.profile import Profile
from domain.video import (
    DETAIL_LONG_SIDE_PX,
    DETAIL_SHORT_SIDE_PX,
    Metadata,
    YoutubeLink,
    check_duration,
)
from domain.video_size import VideoSize, characters

USUAL_RATE_HZ = 30.0
"""Where a platform does not tell the frame rate."""


@dataclass(frozen=True, slots=True)
class EstimateRun:
    """The itemised time of a profile on a file or a link; nothing is kept.

    What `AcceptVideo` refuses for its length or its shape is refused here as well.
    """

    accept: AcceptVideo
    remote: RemoteVideos
    catalogue: Catalogue
    costs: Costs

    def upload(self, file: Path, *, metadata: Metadata, profile: Profile) -> Effort:
        return self._estimate(profile, self.accept.size_of(file, metadata))

    def link(self, link: YoutubeLink, *, profile: Profile) -> Effort:
        facts = self.remote.facts(link)
        check_duration(facts.duration_s, tolerance_s=PLATFORM_ROUNDING_S)
        size = VideoSize(
            duration_s=facts.duration_s,
            width_px=min(facts.width_px or DETAIL_LONG_SIDE_PX, DETAIL_LONG_SIDE_PX),
            height_px=min(facts.height_px or DETAIL_SHORT_SIDE_PX, DETAIL_SHORT_SIDE_PX),
            frame_rate_hz=facts.frame_rate_hz or USUAL_RATE_HZ,
            text_characters=characters(facts.metadata),
        )
        return self._estimate(profile, size)

    def _estimate(self, profile: Profile, size: VideoSize) -> Effort:
        resolved = profile.resolved(self.catalogue)
        return effort(resolved, self.catalogue, self.costs.models(), size)
