"""A user's video as it is known."""

from collections.abc import Callable
from dataclasses import dataclass

from application.ports.unit_of_work import UnitOfWork
from domain.kept_video import KeptVideo, KeptVideoId
from domain.ledger import UserId


@dataclass(frozen=True, slots=True)
class ReadVideo:
    """Reads one video; another's raises VideoNotFound as one that never was."""

    unit_of_work: Callable[[], UnitOfWork]

    def __call__(self, user_id: UserId, video_id: KeptVideoId) -> KeptVideo:
        with self.unit_of_work() as work:
            return work.videos.get(video_id, user_id=user_id)
