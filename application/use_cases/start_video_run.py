"""Starting a run on a kept video: by what is known of it, and only while its file is there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from application.calling_back import call_back
from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.queueing import Queueing
from application.reusing import fresh_run
from application.use_cases.start_run import Request, StartRun
from domain.catalogue import Catalogue
from domain.identity import RunId
from domain.kept_video import KeptVideoId
from domain.profile import Profile
from domain.run import Run
from domain.video import Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class StartVideoRun:
    """Turns a user's video and a profile into a queued run, paid for (R-604), or refuses."""

    start: StartRun
    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    catalogue: Catalogue
    new_id: Callable[[], RunId] = lambda: RunId(uuid4())

    def __call__(
        self,
        video_id: KeptVideoId,
        profile: Profile,
        request: Request,
        *,
        words: Metadata | None = None,
        is_anew: bool = False,
    ) -> Run:
        """The run as it was started; the earlier one when the same request came before.

        `words` are measured in place of those that are kept with the video.

        A run of the user's that already answers and is fresh is given at once, and costs nothing,
        unless it is to be computed anew (R-509). The user is the request's. Raises VideoNotFound,
        VideoNotReady, VideoRefused, MetadataRequired, UploadMissing, and what StartRun refuses.
        """

        request = replace(request, is_anew=is_anew or request.is_anew)

        def check(work: UnitOfWork) -> None:
            # Read for keeps: whoever takes the file away has to wait until this run is seen.
            work.videos.get(video_id, user_id=request.user_id).check_original()

        queueing = Queueing(self.catalogue, self.clock)
        resolved = profile.resolved(self.catalogue)
        with self.unit_of_work() as work:
            kept = work.videos.get(video_id, user_id=request.user_id)
            kept = kept if words is None else kept.saying(words)
            run = queueing(self.new_id(), kept.video, resolved, user_id=request.user_id)
            # A request that was sent before is answered as it was then, whatever is fresh by now.
            is_known = work.ledger.hold_under(request.user_id, request.hold_key) is not None
            reuses = not request.is_anew and not is_known
            fresh = fresh_run(work, run, now=self.clock.now()) if reuses else None
        if fresh is not None:
            return self._told(fresh, request)
        return self.start(run, size=kept.size, request=request, check=check)

    def _told(self, fresh: Run, request: Request) -> Run:
        """Whoever waits to be called hears of a run that has ended already, too."""
        if request.callback is not None:
            with self.unit_of_work() as work:
                work.users.lock(request.user_id)
                call_back(work, fresh, request.callback, now=self.clock.now())
                work.commit()
        return fresh
