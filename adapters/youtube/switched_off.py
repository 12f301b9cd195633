"""Links where an installation does not take them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Never

from application.ports.cancellation import Cancellation
from domain.link_refusal import LinkRefusal
from domain.video import YoutubeLink


@dataclass(frozen=True, slots=True)
class NoRemoteVideos:
    """Refuses every link before anything is asked of the network (port `RemoteVideos`)."""

    def describe(self) -> dict[str, str]:
        """For `trendflow doctor`."""
        return {"links": "switched off"}

    def facts(self, link: YoutubeLink, *, comments_max: int = 0) -> Never:
        del link, comments_max
        raise LinkRefusal.SWITCHED_OFF.error()

    def download(
        self,
        link: YoutubeLink,
        *,
        into: Path,
        duration_s: float,
        on_progress: Callable[[float], None],
        cancellation: Cancellation,
    ) -> Never:
        del link, into, duration_s, on_progress, cancellation
        raise LinkRefusal.SWITCHED_OFF.error()
