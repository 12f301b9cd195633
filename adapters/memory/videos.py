"""The videos that users have added, in memory."""

from collections.abc import Sequence
from datetime import datetime

from adapters.memory.database import Kept
from domain.errors import VideoNotFound
from domain.identity import RunId
from domain.kept_video import KeptVideo, KeptVideoId, VideoState
from domain.ledger import UserId
from domain.run import Stage
from domain.upload import UploadId
from domain.video import Platform, platform_of


class MemoryVideos:
    """Videos by id, each somebody's (port `Videos`)."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def add(self, video: KeptVideo) -> KeptVideo:
        for known in self._kept.videos.values():
            if _key(known) == _key(video):
                return known
        self._kept.videos[video.id] = video
        return video

    def get(self, video_id: KeptVideoId, *, user_id: UserId) -> KeptVideo:
        video = self._kept.videos.get(video_id)
        if video is None or video.user_id != user_id:
            raise VideoNotFound("no video of this user has this id")
        return video

    def whosever(self, video_id: KeptVideoId) -> KeptVideo:
        try:
            return self._kept.videos[video_id]
        except KeyError:
            raise VideoNotFound("no video has this id") from None

    def save(self, video: KeptVideo) -> None:
        if video.id not in self._kept.videos:
            raise VideoNotFound("no video has this id")
        self._kept.videos[video.id] = video

    def resolving(self, *, added_before: datetime, limit: int) -> Sequence[KeptVideoId]:
        waiting = [
            video
            for video in self._kept.videos.values()
            if video.state is VideoState.RESOLVING and video.added_at < added_before
        ]
        waiting.sort(key=lambda video: (video.added_at, video.id))
        return [video.id for video in waiting[:limit]]

    def resolving_of(self, user_id: UserId) -> int:
        return sum(
            video.user_id == user_id and video.state is VideoState.RESOLVING
            for video in self._kept.videos.values()
        )

    def of_original(self, upload_id: UploadId) -> KeptVideo | None:
        found = (video for video in self._kept.videos.values() if video.original == upload_id)
        return next(found, None)

    def of_upload(self, user_id: UserId, video_id: str) -> KeptVideo | None:
        key = user_id, Platform.UPLOAD, video_id
        return next((video for video in self._kept.videos.values() if _key(video) == key), None)

    def is_awaited(self, video: KeptVideo, *, besides: RunId | None = None) -> bool:
        return any(
            (run.user_id, run.identity.platform_id, run.identity.video_id) == _key(video)
            and not run.is_terminal
            and run.stage in {None, Stage.ACQUIRE, Stage.SEGMENT}
            and run.id != besides
            for run in self._kept.runs.values()
        )


def _key(video: KeptVideo) -> tuple[UserId, Platform, str]:
    return video.user_id, platform_of(video.source), video.source.video_id
