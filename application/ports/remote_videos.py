"""Videos that are fetched by a link."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from application.ports.cancellation import Cancellation
from domain.video import Metadata, YoutubeLink


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteFacts:
    """What the platform tells about a video before it is downloaded."""

    duration_s: float
    width_px: int | None
    height_px: int | None
    frame_rate_hz: float | None
    metadata: Metadata


class RemoteVideos(Protocol):
    """Videos on YouTube (R-106).

    Contract (tests/contracts/remote_videos.py): what the platform refuses is `LinkRefused` with a
    reason of the closed list `private, removed, age, region, members_only, live, bot_check,
    rate_limited, format_missing, runtime_missing, unavailable, switched_off`; network errors are
    retried with the configured pauses, then `DownloadFailed`; a bot check is never retried; cookies
    and tokens reach no log and no message; a cancelled download raises `Cancelled` and leaves no
    file.
    """

    def facts(self, link: YoutubeLink, *, comments_max: int = 0) -> RemoteFacts: ...

    def download(
        self,
        link: YoutubeLink,
        *,
        into: Path,
        duration_s: float,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Path:
        """Fetches the video into the folder `into`; returns the one file that is there now.

        `on_progress` gets the share done, 0 to 1. Time limit: max(60 s, duration × 0.1 + 120 s).
        """
        ...
