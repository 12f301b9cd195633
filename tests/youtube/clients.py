"""Builders of the adapter under test, pointed at the local fake."""

import time
from collections.abc import Callable
from dataclasses import replace

from adapters.youtube.breaker import CircuitBreaker
from adapters.youtube.options import YoutubeOptions
from adapters.youtube.remote_videos import YtDlpRemoteVideos
from adapters.youtube.runtime import RUNTIMES
from tests.outside import require
from tests.servers.youtube import FakeYoutube

# What the fake cannot play: YouTube's pages and its player's JavaScript. DASH formats come without
# a PO token here, so yt-dlp is told to take them as they are.
ARGUMENTS = {
    "player_client": ("android_vr",),
    "formats": ("missing_pot",),
    "player_skip": ("webpage", "configs", "js"),
}


def options_for(youtube: FakeYoutube, **chosen: object) -> YoutubeOptions:
    """The options that lead to the fake, without pauses; `chosen` are fields to change."""
    options = YoutubeOptions(
        proxy=youtube.proxy,
        is_system_trust=True,
        retry_pauses_s=(0.0, 0.01, 0.01),
        socket_timeout_s=5.0,
        extractor_args=ARGUMENTS,
    )
    return replace(options, **chosen)  # type: ignore[arg-type]  # checked by the constructor


def a_client(
    youtube: FakeYoutube,
    *,
    breaker: CircuitBreaker | None = None,
    runtimes: tuple[str, ...] = RUNTIMES,
    monotonic: Callable[[], float] = time.monotonic,
    **chosen: object,
) -> YtDlpRemoteVideos:
    """Return an adapter whose YouTube is the fake."""
    return YtDlpRemoteVideos(
        ffmpeg=require("ffmpeg"),
        options=options_for(youtube, **chosen),
        breaker=breaker or CircuitBreaker(),
        runtimes=runtimes,
        monotonic=monotonic,
    )
