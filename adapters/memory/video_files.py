"""Made videos that need no decoder: a file of JSON says what the video is like."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from application.errors import TimedOut
from application.ports.video_files import (
    Decoded,
    DecodedSound,
    DecodeRequest,
    Decoding,
    ProbedVideo,
)
from domain.component import SoundKind
from domain.errors import UnsupportedInput
from domain.sampling import frame_count
from domain.video import ANALYSIS_RATE_HZ

_RATES = {SoundKind.ORIGINAL: 48_000, SoundKind.MUSIC: 22_050, SoundKind.SPEECH: 16_000}
_TONE_HZ = 440.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeVideo:
    """A video by its figures. `decoded_s` and `decoded_share` are what only decoding shows.

    Repair takes `repair_s` and leaves a video of `repaired_s`, of which `repairable_share` can be
    decoded.
    """

    duration_s: float = 10.0
    width_px: int = 640
    height_px: int = 360
    frame_rate_hz: float = 25.0
    has_sound: bool = True
    decoded_s: float | None = None
    decoded_share: float = 1.0
    repairable_share: float | None = None
    repaired_s: float | None = None
    repair_s: float = 0.0

    def write(self, file: Path) -> Path:
        """Writes the file that stands for this video; returns it."""
        file.write_text(json.dumps({"made_video": asdict(self)}), encoding="utf-8")
        return file

    @classmethod
    def read(cls, file: Path) -> "MadeVideo":
        """The video a file stands for; refuses every other file."""
        try:
            return cls(**json.loads(file.read_bytes())["made_video"])
        except (ValueError, KeyError, TypeError) as error:
            raise UnsupportedInput("not a made video") from error


class MemoryVideoProbe:
    """Probes made videos (port `VideoProbe`)."""

    def probe(self, file: Path) -> ProbedVideo:
        made = MadeVideo.read(file)
        return ProbedVideo(
            container="made",
            size_bytes=file.stat().st_size,
            video_stream=0,
            video_codec="made",
            pixel_format="yuv420p",
            coded_width_px=made.width_px,
            coded_height_px=made.height_px,
            shown_width_px=made.width_px,
            shown_height_px=made.height_px,
            rotation_deg=0,
            sample_aspect="1:1",
            interlaced=False,
            color_transfer="bt709",
            color_primaries="bt709",
            color_matrix="bt709",
            color_range="tv",
            frame_rate_hz=made.frame_rate_hz,
            frame_step_s=1 / made.frame_rate_hz,
            picture_count=round(made.duration_s * made.frame_rate_hz),
            first_s=0.0,
            duration_s=made.duration_s,
            declared_duration_s=made.duration_s,
            sound_stream=1 if made.has_sound else None,
            sound_codec="made" if made.has_sound else None,
            sound_rate_hz=48_000 if made.has_sound else None,
            sound_channels=1 if made.has_sound else None,
        )


class MemoryVideoDecoder:
    """Decodes made videos (port `VideoDecoder`): a bright bar that moves, and a tone."""

    @contextmanager
    def decode(self, request: DecodeRequest) -> Iterator[Decoding]:
        yield _MadeDecoding(request, MadeVideo.read(request.file))


class MemoryVideoRepair:
    """Repairs made videos as far as they say they can be (port `VideoRepair`)."""

    def reencode(self, file: Path, *, into: Path, timeout_s: float) -> None:
        made = MadeVideo.read(file)
        if made.repair_s > timeout_s:
            raise TimedOut("the repair took too long")
        share = made.decoded_share if made.repairable_share is None else made.repairable_share
        length_s = made.duration_s if made.repaired_s is None else made.repaired_s
        MadeVideo(**{**asdict(made), "decoded_share": share, "duration_s": length_s}).write(into)


class _MadeDecoding:
    def __init__(self, request: DecodeRequest, made: MadeVideo) -> None:
        self._request = request
        self._made = made
        self._duration_s = made.duration_s if made.decoded_s is None else made.decoded_s
        self._frame_count = min(request.frame_count, frame_count(self._duration_s))

    def frames(self) -> Iterator[NDArray[np.uint8]]:
        width_px, height_px = self._request.analysis_size
        with self._request.detail_file.open("wb") as detail:
            for index in range(self._frame_count):
                if index in self._request.detail_indices:
                    detail.write(_bar(self._request.detail_size, index).tobytes())
                yield _bar((width_px, height_px), index)

    def result(self) -> Decoded:
        pictures = self._made.duration_s * self._made.frame_rate_hz * self._made.decoded_share
        return Decoded(
            picture_count=round(pictures),
            duration_s=self._duration_s,
            frame_count=self._frame_count,
            # The bar is drawn anew for each frame of the grid.
            shown_s=tuple(index / ANALYSIS_RATE_HZ for index in range(self._frame_count)),
            detail_count=sum(i < self._frame_count for i in self._request.detail_indices),
            error_count=0 if self._made.decoded_share == 1.0 else 1,
            sounds=self._sounds(),
            operations=("made",),
            confinement="none: nothing is decoded",
        )

    def _sounds(self) -> Mapping[SoundKind, DecodedSound]:
        written: dict[SoundKind, DecodedSound] = {}
        for kind, file in self._request.sound_files.items():
            count = round(self._duration_s * _RATES[kind])
            moments_s = np.arange(count) / _RATES[kind]
            tone = 0.25 * np.sin(2 * np.pi * _TONE_HZ * moments_s)
            file.write_bytes(tone.astype("<f4").tobytes())
            written[kind] = DecodedSound(rate_hz=_RATES[kind], channels=1, sample_count=count)
        return written


def _bar(size: tuple[int, int], index: int) -> NDArray[np.uint8]:
    width_px, height_px = size
    planes = np.full((height_px * 3 // 2, width_px), 128, dtype=np.uint8)
    planes[:height_px] = 60
    left = (index * 4) % width_px
    planes[:height_px, left : left + width_px // 8] = 200
    return planes
