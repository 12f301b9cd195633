"""From yt-dlp's description of a video to ours."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from application.ports.remote_videos import RemoteFacts
from domain.video import Metadata

COMMENTS_MAX = 100

# yt-dlp's description of a video is an untyped dictionary: this file is where it gets types.
Info = Mapping[str, Any]


def facts_of(info: Info, *, comments_max: int) -> RemoteFacts:
    """Read duration (s), size (px), frame rate (Hz) and metadata of the chosen format."""
    return RemoteFacts(
        duration_s=float(info["duration"]),
        width_px=info.get("width"),
        height_px=info.get("height"),
        frame_rate_hz=info.get("fps"),
        metadata=Metadata(
            title=info.get("title"),
            description=info.get("description"),
            tags=tuple(info.get("tags") or ()),
            language=info.get("language"),
            category=next(iter(info.get("categories") or ()), None),
            published_at=_published_at(info),
            channel_id=info.get("channel_id"),
            channel_name=info.get("channel") or info.get("uploader"),
            subscribers=info.get("channel_follower_count"),
            views=info.get("view_count"),
            likes=info.get("like_count"),
            comments=_comments(info, comments_max),
        ),
    )


def expected_sizes(info: Info) -> dict[str, float]:
    """Bytes to come for each format of the download, by format id; 0 where nobody knows."""
    formats = info.get("requested_formats") or [info]
    return {
        str(one["format_id"]): float(one.get("filesize") or one.get("filesize_approx") or 0)
        for one in formats
    }


def _published_at(info: Info) -> str | None:
    timestamp, day = info.get("timestamp"), info.get("upload_date")
    if timestamp is not None:
        return datetime.fromtimestamp(timestamp, UTC).isoformat()
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if day else None


def _comments(info: Info, comments_max: int) -> tuple[str, ...] | None:
    if comments_max == 0:
        return None
    texts = (comment.get("text") for comment in info.get("comments") or ())
    return tuple(text for text in texts if text)[:comments_max]
