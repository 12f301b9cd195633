"""Looking into a video file before it is decoded, and decoding it once."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from domain.canonical import JsonValue
from domain.component import SoundKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbedVideo:
    """What a file's headers and its packets say; nothing of it was decoded.

    `shown_*` are upright and square-pixel. `first_s` and `duration_s` come from the packets of the
    chosen picture stream: first to last presentation time plus one frame (R-103), never from a
    header. `frame_step_s` is the typical distance of two pictures.
    """

    container: str
    size_bytes: int
    video_stream: int
    video_codec: str
    pixel_format: str
    coded_width_px: int
    coded_height_px: int
    shown_width_px: int
    shown_height_px: int
    rotation_deg: int
    sample_aspect: str
    interlaced: bool
    color_transfer: str
    color_primaries: str
    color_matrix: str
    color_range: str
    frame_rate_hz: float
    frame_step_s: float
    picture_count: int
    first_s: float
    duration_s: float
    declared_duration_s: float | None
    sound_stream: int | None
    sound_codec: str | None
    sound_rate_hz: int | None
    sound_channels: int | None

    @property
    def has_sound(self) -> bool:
        return self.sound_stream is not None

    def describe(self) -> dict[str, JsonValue]:
        """The source's facts for the manifest: no names, tags or other text of the user."""
        return {
            "container": self.container,
            "size_bytes": self.size_bytes,
            "video_codec": self.video_codec,
            "pixel_format": self.pixel_format,
            "coded_size": [self.coded_width_px, self.coded_height_px],
            "shown_size": [self.shown_width_px, self.shown_height_px],
            "rotation_deg": self.rotation_deg,
            "sample_aspect": self.sample_aspect,
            "interlaced": self.interlaced,
            "color": {
                "transfer": self.color_transfer,
                "primaries": self.color_primaries,
                "matrix": self.color_matrix,
                "range": self.color_range,
            },
            "frame_rate_hz": self.frame_rate_hz,
            "picture_count": self.picture_count,
            "first_s": self.first_s,
            "duration_s": self.duration_s,
            "declared_duration_s": self.declared_duration_s,
            "sound_codec": self.sound_codec,
            "sound_rate_hz": self.sound_rate_hz,
            "sound_channels": self.sound_channels,
        }


class VideoProbe(Protocol):
    """Looks into a file, bounded in time and memory, touching nothing else.

    Contract (tests/contracts/video_files.py): refuses with `UnsupportedInput` what is not a
    container of the allowed list with one decodable picture stream, and with `VideoFileCorrupted`
    what is one but has no readable index or keeps its reader busy beyond every limit. Limits of
    duration and size are the caller's.
    """

    def probe(self, file: Path) -> ProbedVideo: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodeRequest:
    """One decoding pass: what to read, and where each rendering goes.

    Analysis frames come as a stream. Detail frames, `detail_indices` of the 12 fps timeline, are
    appended to `detail_file` as planar YUV 4:2:0 of `detail_size`. Sound goes to `sound_files` as
    little-endian float32, channels interleaved, cut to the picture (`duration_s`).
    """

    file: Path
    video: ProbedVideo
    frame_count: int
    analysis_size: tuple[int, int]
    detail_size: tuple[int, int]
    detail_indices: tuple[int, ...]
    detail_file: Path
    sound_files: Mapping[SoundKind, Path]
    timeout_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedSound:
    """One rendering of the sound track as it was written."""

    rate_hz: int
    channels: int
    sample_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What the decoder really did; known after the last frame.

    `picture_count` counts source pictures that came out of the decoder, before the 12 fps grid;
    `duration_s` spans the first to the last of them plus one frame. `error_count` counts the
    decoder's complaints. `sounds` is empty where there is no sound track. `shown_s` tells of each
    analysis frame when its source picture was on, in seconds from the first picture.
    """

    picture_count: int
    duration_s: float
    frame_count: int
    shown_s: tuple[float, ...]
    detail_count: int
    error_count: int
    sounds: Mapping[SoundKind, DecodedSound] = field(default_factory=dict)
    operations: tuple[str, ...] = ()
    confinement: str = ""


class Decoding(Protocol):
    """A decoding under way."""

    def frames(self) -> Iterator[NDArray[np.uint8]]:
        """Each analysis frame of the 12 fps timeline in order.

        One frame is planar YUV 4:2:0 (BT.601, limited range), shape (height * 3 // 2, width); the
        array is only valid until the next one is asked for. Raises `TimedOut` past the limit and
        `ResourceExhausted` when a rendering could not be written.
        """
        ...

    def result(self) -> Decoded:
        """The account of the pass; only after the last frame."""
        ...


class VideoDecoder(Protocol):
    """Decodes a video once into analysis frames, detail frames and sound (R-403).

    Contract (tests/contracts/video_files.py): upright, square pixels, progressive, SDR, 12 fps from
    the first picture, equal bytes on every run; leaving the context ends every process it started.
    """

    def decode(self, request: DecodeRequest) -> AbstractContextManager[Decoding]: ...


class VideoRepair(Protocol):
    """Makes a damaged file readable by encoding anew what can be decoded (R-105).

    Refuses with `VideoFileCorrupted` when that is nothing; raises `TimedOut` past the limit.
    """

    def reencode(self, file: Path, *, into: Path, timeout_s: float) -> None: ...
