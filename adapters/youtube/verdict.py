"""What an error of yt-dlp means: a refusal of the closed list, or a loss worth another try."""

import errno
import re
from collections.abc import Iterator
from dataclasses import dataclass

from yt_dlp.networking.exceptions import HTTPError, RequestError
from yt_dlp.utils import (
    GeoRestrictedError,
    PostProcessingError,
    YoutubeDLError,
)

from adapters.youtube.journal import Journal
from domain.link_refusal import LinkRefusal

_TOO_MANY = 429

# YouTube's words for it as yt-dlp 2026.10 hands them on, lower case, apostrophes straight. Order
# matters: "sign in to confirm your age" and "sign in to confirm you're not a bot" begin alike.
_WORDS = (
    (LinkRefusal.BOT_CHECK, r"not a bot|captcha|ip is likely being blocked"),
    (LinkRefusal.RATE_LIMITED, r"rate-limited|too many requests"),
    (LinkRefusal.MEMBERS_ONLY, r"members-only|channel's members|join this channel"),
    (LinkRefusal.AGE, r"confirm your age|age-restricted|inappropriate for some users"),
    (LinkRefusal.REGION, r"available in your country|in your country|geo.?restrict"),
    (LinkRefusal.PRIVATE, r"private video|video is private"),
    (
        LinkRefusal.LIVE,
        r"live event|live stream|premieres? (in|will)|is upcoming|recording is not available",
    ),
    (
        LinkRefusal.REMOVED,
        r"has been removed|no longer available|been terminated|copyright claim|isn't available any",
    ),
    (
        LinkRefusal.FORMAT_MISSING,
        r"requested format is not available|only images are available|no video formats found|drm",
    ),
)


@dataclass(frozen=True, slots=True)
class Refused:
    """YouTube said no; asking again changes nothing."""

    reason: LinkRefusal


@dataclass(frozen=True, slots=True)
class Lost:
    """The way to YouTube failed; `code` says where, another try may help."""

    code: str


@dataclass(frozen=True, slots=True)
class DiskFull:
    """There is no room for the file."""


@dataclass(frozen=True, slots=True)
class Ended:
    """We ended it ourselves; `code` is cancelled, timed_out or too_large."""

    code: str


Verdict = Refused | Lost | DiskFull | Ended


class Failed(Exception):
    """A try that brought nothing. Raised clear of yt-dlp's error, whose text holds addresses."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(type(verdict).__name__)
        self.verdict = verdict


def verdict_on_looking(error: YoutubeDLError, journal: Journal) -> Verdict:
    """Judge what ended the reading of a video's facts.

    yt-dlp asks several of YouTube's doors and only warns when one fails, so the journal is asked
    where the error itself names no reason.
    """
    causes = list(_causes(error))
    if any(isinstance(cause, GeoRestrictedError) for cause in causes):
        return Refused(LinkRefusal.REGION)
    said = str(error).lower().replace("’", "'")
    for reason, words in _WORDS:
        if re.search(words, said):
            return Refused(reason)
    return _network_verdict(causes, journal) or Refused(LinkRefusal.UNAVAILABLE)


def verdict_on_fetching(error: YoutubeDLError, journal: Journal) -> Verdict:
    """Judge what ended a download whose facts had been read: then it is the way, not the video."""
    causes = list(_causes(error))
    if any(isinstance(c, OSError) and c.errno == errno.ENOSPC for c in causes) or (
        "no space left on device" in str(error).lower()
    ):
        return DiskFull()
    if any(isinstance(cause, PostProcessingError) for cause in causes):
        return Lost("merge")
    return _network_verdict(causes, journal) or Lost("connection")


def _network_verdict(causes: list[BaseException], journal: Journal) -> Verdict | None:
    statuses = {f"http_{cause.status}" for cause in causes if isinstance(cause, HTTPError)}
    statuses |= {code for code in journal.codes if code.startswith("http_")}
    if f"http_{_TOO_MANY}" in statuses:
        return Refused(LinkRefusal.RATE_LIMITED)
    if statuses:
        return Lost(min(statuses))
    if "connection" in journal.codes or any(isinstance(c, RequestError | OSError) for c in causes):
        return Lost("connection")
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop()
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        exc_info = getattr(current, "exc_info", None) or (None, None, None)
        waiting += [
            exc_info[1],
            getattr(current, "cause", None),
            current.__cause__,
            current.__context__,
        ]
