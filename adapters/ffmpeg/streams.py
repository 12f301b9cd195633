"""Choosing the picture and the sound of a file from what its headers say about its streams."""

import json
import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from domain.errors import UnsupportedInput, VideoFileCorrupted

HEADER_ENTRIES = (
    "format=nb_streams,duration"
    ":stream=index,codec_type,codec_name,width,height,pix_fmt,sample_aspect_ratio,field_order,"
    "color_range,color_space,color_transfer,color_primaries,avg_frame_rate,sample_rate,channels"
    ":stream_disposition=default,attached_pic,timed_thumbnails,still_image"
    ":stream_side_data=rotation"
    ":stream_tags=enc_key_id"
)
"""What ffprobe is asked for: no tags but Matroska's key of an encrypted track, so that none of the
user's text is ever read.
"""

_INTERLACED = {"tt", "bb", "tb", "bt"}
_NOT_VIDEO = ("attached_pic", "timed_thumbnails", "still_image")
_QUARTER_DEG = 90

Stream = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """The chosen streams of a file, as ffprobe describes them, and the length it claims."""

    picture: Stream
    sound: Stream | None
    declared_duration_s: float | None


def read_headers(output: bytes, *, streams_max: int) -> Headers:
    """Parses ffprobe's JSON; refuses what has too many streams or none with a known picture."""
    try:
        parsed = json.loads(output)
    except ValueError:
        parsed = None
    if not isinstance(parsed, dict) or "format" not in parsed:
        raise VideoFileCorrupted("the file has no readable index")
    count = int(parsed["format"].get("nb_streams", 0))
    if count > streams_max:
        raise UnsupportedInput(f"{count} streams are more than {streams_max}", streams=count)
    streams: list[Stream] = parsed.get("streams", [])
    if any(map(_is_encrypted, streams)):
        raise UnsupportedInput("the file is encrypted")
    pictures = [stream for stream in streams if _is_picture(stream)]
    if not pictures:
        raise UnsupportedInput("no picture stream that can be decoded")
    return Headers(
        picture=max(pictures, key=_picture_rank),
        sound=max(filter(_is_sound, streams), key=_sound_rank, default=None),
        declared_duration_s=_seconds(parsed["format"].get("duration")),
    )


def shown_size(picture: Stream) -> tuple[int, int]:
    """Width and height as seen: square pixels (the height is kept), then upright."""
    width_px = max(1, round(picture["width"] * sample_aspect(picture)))
    height_px = int(picture["height"])
    return (height_px, width_px) if rotation_deg(picture) % 180 else (width_px, height_px)


def sample_aspect(picture: Stream) -> Fraction:
    """Width of a pixel by its height; 1 where nothing sane is said."""
    across, _, down = str(picture.get("sample_aspect_ratio", "")).partition(":")
    if not (across.isdigit() and down.isdigit() and int(across) and int(down)):
        return Fraction(1)
    return Fraction(int(across), int(down))


def rotation_deg(picture: Stream) -> int:
    """The clockwise turn that sets the picture upright: 0, 90, 180 or 270.

    ffprobe gives the display matrix's angle counterclockwise.
    """
    for data in picture.get("side_data_list", ()):
        turned = data.get("rotation")
        if isinstance(turned, int | float) and math.isfinite(turned):
            return -round(turned / _QUARTER_DEG) * _QUARTER_DEG % 360
    return 0


def is_interlaced(picture: Stream) -> bool:
    """Whether the headers say that a picture is two fields."""
    return picture.get("field_order") in _INTERLACED


def average_rate_hz(picture: Stream) -> float | None:
    """The frame rate that the headers claim, where it is one."""
    over, _, under = str(picture.get("avg_frame_rate", "")).partition("/")
    if not (over.isdigit() and under.isdigit() and int(over) and int(under)):
        return None
    return int(over) / int(under)


def _is_picture(stream: Stream) -> bool:
    shown = stream.get("disposition", {})
    return (
        stream.get("codec_type") == "video"
        and _is_known(stream)
        and bool(stream.get("pix_fmt"))
        and min(stream.get("width", 0), stream.get("height", 0)) > 0
        and not any(shown.get(name) for name in _NOT_VIDEO)
    )


def _is_sound(stream: Stream) -> bool:
    return (
        stream.get("codec_type") == "audio"
        and _is_known(stream)
        and int(stream.get("sample_rate", 0)) > 0
        and int(stream.get("channels", 0)) > 0
    )


def _is_known(stream: Stream) -> bool:
    return str(stream.get("codec_name", "unknown")) != "unknown"


def _is_encrypted(stream: Stream) -> bool:
    """Matroska says so in its headers; of MP4 the packets do."""
    return "enc_key_id" in stream.get("tags", {})


def _is_default(stream: Stream) -> bool:
    return bool(stream.get("disposition", {}).get("default"))


def _picture_rank(stream: Stream) -> tuple[int, bool, int]:
    return stream["width"] * stream["height"], _is_default(stream), -stream["index"]


def _sound_rank(stream: Stream) -> tuple[bool, int, int]:
    return _is_default(stream), int(stream["channels"]), -stream["index"]


def _seconds(text: object) -> float | None:
    try:
        seconds = float(str(text))
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
