"""Starting a run that somebody waits for: of a short video, by its id or straight by a link."""

from dataclasses import dataclass

from application.queries.read_video import ReadVideo
from application.use_cases.add_video import AddVideo
from application.use_cases.resolve_video import ResolveVideo
from application.use_cases.start_run import Request
from application.use_cases.start_video_run import StartVideoRun
from domain.kept_video import KeptVideoId
from domain.ledger import UserId
from domain.profile import Profile
from domain.run import Run
from domain.synchronous import check_synchronous
from domain.video import Metadata, YoutubeLink


@dataclass(frozen=True, slots=True, kw_only=True)
class StartSynchronously:
    """Starts as `StartVideoRun` does, once the video is known to be short enough (R-503).

    Raises SyncVideoTooLong before anything is held, and whatever StartVideoRun refuses. A link is
    added and its facts are asked for here, which takes seconds.
    """

    read_video: ReadVideo
    add_video: AddVideo
    resolve_video: ResolveVideo
    start: StartVideoRun

    def __call__(
        self,
        video: KeptVideoId | YoutubeLink,
        profile: Profile,
        request: Request,
        *,
        is_anew: bool = False,
    ) -> Run:
        video_id = (
            self._of_link(request.user_id, video) if isinstance(video, YoutubeLink) else video
        )
        known = self.read_video(request.user_id, video_id)
        check_synchronous(known.size.duration_s)
        return self.start(video_id, profile, request, is_anew=is_anew)

    def _of_link(self, user_id: UserId, link: YoutubeLink) -> KeptVideoId:
        added = self.add_video(user_id, link, Metadata())
        return self.resolve_video(added.id).id
