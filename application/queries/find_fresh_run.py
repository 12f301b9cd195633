"""Whether a start would measure anything: the run that would be given instead, if there is one."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.queueing import Queueing
from application.reusing import fresh_run
from domain.catalogue import Catalogue
from domain.identity import RunId
from domain.kept_video import KeptVideoId
from domain.ledger import UserId
from domain.profile import Profile
from domain.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class FindFreshRun:
    """Looks, and starts nothing. Raises VideoNotFound, VideoNotReady, VideoRefused."""

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    catalogue: Catalogue

    def __call__(self, user_id: UserId, video_id: KeptVideoId, profile: Profile) -> Run | None:
        """The run that `StartVideoRun` would give without computing anew, None if it would start.

        Also None where a start would be refused for a field that is missing.
        """
        resolved, queueing = profile.resolved(self.catalogue), Queueing(self.catalogue, self.clock)
        with self.unit_of_work() as work:
            kept = work.videos.get(video_id, user_id=user_id)
            if not queueing.has_all(kept.video.metadata, resolved):
                return None
            asked = queueing(RunId(uuid4()), kept.video, resolved, user_id=user_id)
            return fresh_run(work, asked, now=self.clock.now())
