"""Videos on a made-up YouTube, with the refusals and losses that the real one shows."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from application.ports.cancellation import Cancellation
from application.ports.remote_videos import RemoteFacts
from domain.errors import Cancelled, DownloadFailed
from domain.link_refusal import INSTEAD, LinkRefusal
from domain.video import YoutubeLink

COMMENTS_MAX = 100
_CHUNKS = 4


@dataclass(slots=True, kw_only=True)
class PublishedVideo:
    """One video and what is in its way; `losses` is how many tries at its file break off."""

    facts: RemoteFacts
    content: bytes
    refusal: LinkRefusal | None = None
    losses: int = 0


@dataclass(slots=True)
class MemoryRemoteVideos:
    """Knows what was published; counts what it was asked."""

    retry_pauses_s: tuple[float, ...] = (0.0, 0.0, 0.0)
    videos: dict[YoutubeLink, PublishedVideo] = field(default_factory=dict)
    requests: int = 0

    def facts(self, link: YoutubeLink, *, comments_max: int = 0) -> RemoteFacts:
        """Tell what was published."""
        facts = self._video(link).facts
        kept = (facts.metadata.comments or ())[: min(comments_max, COMMENTS_MAX)]
        comments = kept if comments_max else None
        return replace(facts, metadata=replace(facts.metadata, comments=comments))

    def download(
        self,
        link: YoutubeLink,
        *,
        into: Path,
        duration_s: float,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Path:
        """Write the published bytes, trying again after each pause while they are lost."""
        del duration_s
        for pause_s in (*self.retry_pauses_s, None):
            video = self._video(link)
            if not video.losses:
                return _write(video, into / f"{link.video_id}.mp4", on_progress, cancellation)
            video.losses -= 1
            if pause_s is not None:
                time.sleep(pause_s)
        tries = len(self.retry_pauses_s) + 1
        raise DownloadFailed(
            f"The download broke off in {tries} tries; {INSTEAD}.", detail="connection", tries=tries
        )

    def _video(self, link: YoutubeLink) -> PublishedVideo:
        self.requests += 1
        video = self.videos.get(link)
        refusal = LinkRefusal.UNAVAILABLE if video is None else video.refusal
        if video is None or refusal is not None:
            raise (refusal or LinkRefusal.UNAVAILABLE).error()
        return video


def _write(
    video: PublishedVideo,
    path: Path,
    on_progress: Callable[[float], None],
    cancellation: Cancellation,
) -> Path:
    size = -(-len(video.content) // _CHUNKS)
    for i in range(_CHUNKS):
        if cancellation.requested:
            path.unlink(missing_ok=True)
            raise Cancelled("the download was cancelled")
        with path.open("ab" if i else "wb") as file:
            file.write(video.content[i * size : (i + 1) * size])
        on_progress((i + 1) / _CHUNKS)
    return path
