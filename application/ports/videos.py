"""The videos that users have added."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.identity import RunId
from domain.kept_video import KeptVideo, KeptVideoId
from domain.ledger import UserId
from domain.upload import UploadId


class Videos(Protocol):
    """The videos of all users, within one unit of work.

    Contract (tests/contracts/videos.py): a user has one video of a source; what was saved comes
    back equal in every field; an unknown id and another user's video raise `VideoNotFound` alike.
    Who reads a video has it alone until the unit of work ends.
    """

    def add(self, video: KeptVideo) -> KeptVideo:
        """Keeps a video; returns it, or the one that its user has of that source already."""
        ...

    def get(self, video_id: KeptVideoId, *, user_id: UserId) -> KeptVideo: ...

    def whosever(self, video_id: KeptVideoId) -> KeptVideo:
        """A video for our own work on it, never for an answer to a person."""
        ...

    def save(self, video: KeptVideo) -> None: ...

    def resolving(self, *, added_before: datetime, limit: int) -> Sequence[KeptVideoId]:
        """Videos that wait for their facts since before a moment, the longest first."""
        ...

    def resolving_of(self, user_id: UserId) -> int:
        """How many videos of a user wait for their facts."""
        ...

    def of_original(self, upload_id: UploadId) -> KeptVideo | None:
        """The video whose bytes are kept under this upload."""
        ...

    def of_upload(self, user_id: UserId, video_id: str) -> KeptVideo | None:
        """The user's uploaded video of a content, by the id that follows from it."""
        ...

    def is_awaited(self, video: KeptVideo, *, besides: RunId | None = None) -> bool:
        """Whether a run of this user, other than `besides`, has yet to take the video apart."""
        ...
