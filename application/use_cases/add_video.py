"""Adding a video by its link: answered at once, its facts are asked off the request's path."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from application.ports.clock import Clock
from application.ports.unit_of_work import UnitOfWork
from application.retrying import Retrying
from domain.errors import TooManyVideos
from domain.kept_video import KeptVideo, KeptVideoId
from domain.ledger import UserId
from domain.video import Metadata, YoutubeLink

RESOLVING_MAX = 20
"""Links of one user that wait to be asked at once: YouTube minds who asks too much of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddVideo:
    """Keeps a link for its user, to be resolved (R-101); nobody is asked anything here.

    The same link again is the same video, asked anew: its counters change, and what was refused may
    be allowed by now. What the user says of it takes the place of what was said before.
    """

    unit_of_work: Callable[[], UnitOfWork]
    clock: Clock
    retrying: Retrying
    new_id: Callable[[], KeptVideoId] = lambda: KeptVideoId(uuid4())

    def __call__(self, user_id: UserId, link: YoutubeLink, metadata: Metadata) -> KeptVideo:
        """The video, whose state is `resolving`; raises TooManyVideos while many others are so."""
        now = self.clock.now()
        new = KeptVideo(
            id=self.new_id(), user_id=user_id, source=link, given=metadata, added_at=now
        )

        def keep() -> KeptVideo:
            with self.unit_of_work() as work:
                work.users.lock(user_id)
                video = work.videos.add(new)
                if work.videos.resolving_of(user_id) > RESOLVING_MAX:
                    raise TooManyVideos(f"{RESOLVING_MAX} are being asked", limit=RESOLVING_MAX)
                video.describe(metadata)
                video.ask_again(now=now)
                work.videos.save(video)
                work.commit()
            return video

        return self.retrying(keep)
