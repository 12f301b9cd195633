"""Estimating a kept video: arithmetic over what is known, so that every tick is priced at once."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.pricing import pricing
from application.queueing import Queueing
from application.reusing import Reusing, fresh_run
from domain.catalogue import Catalogue
from domain.estimate import Estimate
from domain.identity import RunId
from domain.kept_video import KeptVideo, KeptVideoId
from domain.ledger import UserId
from domain.profile import Profile
from domain.run import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateVideo:
    """The itemised time and price of a profile on a user's video (R-603); asks nobody anything."""

    catalogue: Catalogue
    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    reusing: Reusing

    def __call__(
        self, user_id: UserId, video_id: KeptVideoId, profile: Profile, *, is_anew: bool = False
    ) -> Estimate:
        """An estimate that is kept for its user; `is_anew` takes no result over.

        Raises VideoNotFound, VideoNotReady, VideoRefused with the code the video was refused by,
        and UploadMissing where a start would: the file is gone, and no fresh run answers (R-107).
        """
        now = self.clock.now()
        with self.unit_of_work() as work:
            kept = work.videos.get(video_id, user_id=user_id)
            size = kept.size
            asked = None if is_anew else self._asked(kept, profile)
            if asked is None or fresh_run(work, asked, now=now) is None:
                kept.check_original()
            reused = {} if asked is None else self.reusing.results(work, asked, now=now)
            of_now = pricing(work, self.catalogue, now=now)
            found = of_now.estimate(profile, size, now=now, reused=reused)
            work.estimates.add(found, user_id=user_id)
            work.commit()
        return found

    def _asked(self, kept: KeptVideo, profile: Profile) -> Run | None:
        """The run that a start would make; None while something is not said that it takes."""
        resolved, queueing = profile.resolved(self.catalogue), Queueing(self.catalogue, self.clock)
        if not queueing.has_all(kept.video.metadata, resolved):
            return None
        return queueing(RunId(uuid4()), kept.video, resolved, user_id=kept.user_id)
