"""Resolving a link: what its platform tells of the video, or why it does not give it (R-106)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from application.ports.clock import Clock
from application.ports.remote_videos import RemoteFacts, RemoteVideos
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from application.use_cases.accept_video import PLATFORM_ROUNDING_S, size_of
from domain.errors import DomainError
from domain.kept_video import KeptVideo, KeptVideoId, VideoFacts, VideoState
from domain.video import YoutubeLink, as_read, check_duration, check_picture

STALE_AFTER = timedelta(minutes=10)
"""Asking takes seconds, with every retry a minute or two: by then whoever asked has died."""
STALE_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveVideo:
    """Asks a link's facts and keeps them, or the refusal; harmless to call again or twice at once.

    What goes wrong with the world comes out as an `AdapterError` and leaves the video resolving.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    remote: RemoteVideos
    retrying: Retrying

    def __call__(self, video_id: KeptVideoId) -> KeptVideo:
        """The video as it is now known; raises VideoNotFound when it is gone."""
        with self.unit_of_work() as work:
            video = work.videos.whosever(video_id)
        link = video.source
        if video.state is not VideoState.RESOLVING or not isinstance(link, YoutubeLink):
            return video
        try:
            facts = self._facts(link)
        except DomainError as refusal:
            told = refusal
            return self._changed(video_id, lambda video: video.refuse(told))
        now = self.clock.now()
        return self._changed(video_id, lambda video: _resolve(video, facts, now))

    def stale(self) -> Sequence[KeptVideoId]:
        """Videos whose asking seems to have died, for whoever asks again; at most a hundred."""
        before = self.clock.now() - STALE_AFTER
        with self.unit_of_work() as work:
            return work.videos.resolving(added_before=before, limit=STALE_MAX)

    def _facts(self, link: YoutubeLink) -> RemoteFacts:
        # No comments: what people wrote is kept only where a run's own profile asks for it.
        facts = self.remote.facts(link)
        check_duration(facts.duration_s, tolerance_s=PLATFORM_ROUNDING_S)
        if facts.width_px is not None and facts.height_px is not None:
            check_picture(facts.width_px, facts.height_px)
        return facts

    def _changed(self, video_id: KeptVideoId, change: Callable[[KeptVideo], None]) -> KeptVideo:
        def keep() -> KeptVideo:
            with self.unit_of_work() as work:
                video = work.videos.whosever(video_id)
                if video.state is VideoState.RESOLVING:
                    change(video)
                    work.videos.save(video)
                    work.commit()
            return video

        return self.retrying(keep)


def _resolve(video: KeptVideo, told: RemoteFacts, now: datetime) -> None:
    size = size_of(told, told.metadata)
    facts = VideoFacts(
        duration_s=size.duration_s,
        width_px=size.width_px,
        height_px=size.height_px,
        frame_rate_hz=size.frame_rate_hz,
        frame_step_s=PLATFORM_ROUNDING_S,
    )
    video.resolve(facts, told=as_read(told.metadata, now))
