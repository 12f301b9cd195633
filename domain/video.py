"""A video, where it comes from, what its owner tells about it, and the limits it must keep."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from fractions import Fraction
from urllib.parse import parse_qs, urlsplit

from domain.errors import InvalidLink, UnsupportedInput, VideoTooLong, VideoTooShort

DURATION_MIN_S = 5.0
DURATION_MAX_S = 20 * 60.0
ASPECT_MAX = 4.0
PIXELS_MAX = 36_000_000
STREAMS_MAX = 64
UPLOAD_GIB_MAX = 8
UPLOAD_BYTES_MAX = UPLOAD_GIB_MAX << 30
"""Twenty minutes at 50 Mbit/s, the most that a Full HD camera writes, with room to spare."""
SIDE_MIN_PX = 16
ANALYSIS_RATE_HZ = 12
CONTAINERS = frozenset({"mov", "matroska", "avi", "mpegts", "mpeg", "flv", "ogg", "asf"})
"""The containers that are opened, by their demuxers' names (mov reads mp4 and 3gp, matroska webm).

Each holds its pictures and their times inside one file. Playlists and scripts (HLS, DASH, concat,
SDP) name other files and hosts, bare streams have no times, pictures are no videos.
"""
ANALYSIS_SHORT_SIDE_PX = 320
DETAIL_LONG_SIDE_PX = 1920
DETAIL_SHORT_SIDE_PX = 1080

_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com"}
_YOUTUBE_PATHS = ("shorts", "embed", "live", "v")


class Platform(StrEnum):
    """Where a video is published; part of the run identity (R-102)."""

    YOUTUBE = "youtube"
    UPLOAD = "upload"


@dataclass(frozen=True, slots=True)
class YoutubeLink:
    """A video on YouTube, by its 11-character id (R-101)."""

    video_id: str

    def __post_init__(self) -> None:
        if not _YOUTUBE_ID.fullmatch(self.video_id):
            raise InvalidLink("a YouTube video id has 11 characters of A-Z a-z 0-9 _ -")

    @property
    def url(self) -> str:
        """The canonical address of the video."""
        return f"https://www.youtube.com/watch?v={self.video_id}"

    @classmethod
    def parse(cls, text: str) -> "YoutubeLink":
        """Reads watch, youtu.be, shorts, embed and live links; refuses everything else."""
        given = text.strip()
        try:
            parts = urlsplit(given if "://" in given else f"https://{given}")
        except ValueError as error:
            raise InvalidLink("not a link") from error
        if parts.scheme not in {"http", "https"}:
            raise InvalidLink("only http and https links are understood")
        host, path = (parts.hostname or "").lower(), [p for p in parts.path.split("/") if p]
        if host in {"youtu.be", "www.youtu.be"} and len(path) == 1:
            return cls(path[0])
        if host in _YOUTUBE_HOSTS | {"www.youtube-nocookie.com"}:
            if path == ["watch"]:
                return cls(parse_qs(parts.query).get("v", [""])[0])
            if len(path) == 2 and path[0] in _YOUTUBE_PATHS:  # noqa: PLR2004 - kind and id
                return cls(path[1])
        raise InvalidLink("the address names no single one")


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file given by the user, named by the SHA-256 of its content (R-102)."""

    sha256: str
    size_bytes: int

    @property
    def video_id(self) -> str:
        """The same file is the same video."""
        return self.sha256[:32]


VideoSource = YoutubeLink | UploadedFile


def platform_of(source: VideoSource) -> Platform:
    """The platform that a source belongs to."""
    return Platform.YOUTUBE if isinstance(source, YoutubeLink) else Platform.UPLOAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about a video beside its file; None where nobody said (R-101).

    `counters_read_at` is when subscribers, views and likes were read: they are a snapshot.
    """

    title: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    category: str | None = None
    published_at: str | None = None
    channel_id: str | None = None
    channel_name: str | None = None
    subscribers: int | None = None
    views: int | None = None
    likes: int | None = None
    comments: tuple[str, ...] | None = field(default=None, repr=False)
    duration_s: float | None = None
    counters_read_at: str | None = None


def shown(metadata: Metadata, names: Collection[str]) -> Metadata:
    """The fields of these names alone; every other is as if nobody had said it."""
    return Metadata(**{name: getattr(metadata, name) for name in names})


def as_read(metadata: Metadata, moment: datetime) -> Metadata:
    """The same, whose counters were read at that moment; unchanged where there are none."""
    counters = (metadata.subscribers, metadata.views, metadata.likes)
    if metadata.counters_read_at is not None or counters == (None, None, None):
        return metadata
    return replace(metadata, counters_read_at=moment.astimezone(UTC).isoformat())


def merged(platform: Metadata, user: Metadata) -> Metadata:
    """What a platform tells, over which goes what the user says."""
    given = {
        name: value
        for name in Metadata.__dataclass_fields__
        if (value := getattr(user, name)) not in (None, ())
    }
    return replace(platform, **given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Video:
    """One video under its platform's id, with the length that its packets or its platform tell.

    `frame_step_s` is one frame of the source: the tolerance of the limits (R-103).
    """

    source: VideoSource
    duration_s: float
    metadata: Metadata
    frame_step_s: float = 1 / ANALYSIS_RATE_HZ

    def __post_init__(self) -> None:
        check_duration(self.duration_s, tolerance_s=self.frame_step_s)

    @property
    def platform(self) -> Platform:
        return platform_of(self.source)

    @property
    def video_id(self) -> str:
        return self.source.video_id


def check_duration(duration_s: float, *, tolerance_s: float) -> None:
    """Refuses a duration outside R-103; `tolerance_s` is one frame of the source."""
    if not duration_s >= DURATION_MIN_S - tolerance_s:
        raise VideoTooShort(
            f"{duration_s:.2f} s is under {DURATION_MIN_S:.0f} s",
            duration_s=round(duration_s, 2),
            limit_s=DURATION_MIN_S,
        )
    if duration_s > DURATION_MAX_S + tolerance_s:
        raise VideoTooLong(
            f"{duration_s:.0f} s is over {DURATION_MAX_S:.0f} s",
            duration_s=round(duration_s, 2),
            limit_s=DURATION_MAX_S,
        )


def check_picture(width_px: int, height_px: int) -> None:
    """Refuses a picture too large, too small or too narrow to analyse (R-104).

    Width and height are those shown: after rotation and pixel aspect.
    """
    if min(width_px, height_px) < SIDE_MIN_PX:
        raise UnsupportedInput(
            f"a picture of {width_px}x{height_px} is too small", width=width_px, height=height_px
        )
    if width_px * height_px > PIXELS_MAX:
        raise UnsupportedInput(
            f"a picture of {width_px}x{height_px} is too large", width=width_px, height=height_px
        )
    if Fraction(max(width_px, height_px), min(width_px, height_px)) > ASPECT_MAX:
        raise UnsupportedInput(
            f"the aspect of {width_px}x{height_px} is beyond {ASPECT_MAX:.0f}:1",
            width=width_px,
            height=height_px,
        )


def analysis_size(width_px: int, height_px: int) -> tuple[int, int]:
    """Width and height of the analysis frames: short side 320, the other even by aspect (R-401)."""
    if width_px >= height_px:
        return _even(ANALYSIS_SHORT_SIDE_PX * width_px / height_px), ANALYSIS_SHORT_SIDE_PX
    return ANALYSIS_SHORT_SIDE_PX, _even(ANALYSIS_SHORT_SIDE_PX * height_px / width_px)


def detail_size(width_px: int, height_px: int) -> tuple[int, int]:
    """Width and height of the detail frames: the source's, at most Full HD (R-104)."""
    long_px, short_px = max(width_px, height_px), min(width_px, height_px)
    scale = min(1.0, DETAIL_LONG_SIDE_PX / long_px, DETAIL_SHORT_SIDE_PX / short_px)
    return _even(width_px * scale), _even(height_px * scale)


def _even(length_px: float) -> int:
    return max(2, int(length_px / 2 + 0.5) * 2)
