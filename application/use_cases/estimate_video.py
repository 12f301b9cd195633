"""Estimating a kept video: arithmetic over what is known, so that every tick is priced at once."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.pricing import pricing
from domain.catalogue import Catalogue
from domain.estimate import Estimate
from domain.kept_video import KeptVideoId
from domain.ledger import UserId
from domain.profile import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateVideo:
    """The itemised time and price of a profile on a user's video (R-603); asks nobody anything."""

    catalogue: Catalogue
    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock

    def __call__(self, user_id: UserId, video_id: KeptVideoId, profile: Profile) -> Estimate:
        """An estimate that is kept for its user.

        Raises VideoNotFound, VideoNotReady, and VideoRefused with the code the video was refused
        by.
        """
        now = self.clock.now()
        with self.unit_of_work() as work:
            size = work.videos.get(video_id, user_id=user_id).size
            found = pricing(work, self.catalogue, now=now).estimate(profile, size, now=now)
            work.estimates.add(found, user_id=user_id)
            work.commit()
        return found
