"""Videos of the scenarios as real files, and those that only claim to be broken as made ones."""

import subprocess
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.memory.video_files import (
    MadeVideo,
    MemoryVideoDecoder,
    MemoryVideoProbe,
    MemoryVideoRepair,
)
from application.ports.video_files import (
    DecodeRequest,
    Decoding,
    ProbedVideo,
    VideoDecoder,
    VideoProbe,
    VideoRepair,
)
from tests.features.driver import NotAVideo
from tests.outside import require

LONG_S = 120.0
"""From here on a clip has a small grey picture and no sound: what counts is its length."""
_MADE = b'{"made_video"'


def content_of(video: MadeVideo) -> bytes:
    """The file that a person sends."""
    if isinstance(video, NotAVideo):
        return b"not a video"
    if _is_broken(video):
        with TemporaryDirectory() as folder:
            return video.write(Path(folder) / "made.mp4").read_bytes()
    return _clip(video)


def _is_broken(video: MadeVideo) -> bool:
    whole = MadeVideo(
        duration_s=video.duration_s,
        width_px=video.width_px,
        height_px=video.height_px,
        frame_rate_hz=video.frame_rate_hz,
        has_sound=video.has_sound,
    )
    return video != whole


@cache
def _clip(video: MadeVideo) -> bytes:
    """Moving shapes, and a tone where the video has sound, as H.264 and AAC."""
    size, rate_hz = f"{video.width_px}x{video.height_px}", video.frame_rate_hz
    source, codecs = "testsrc2", ["-c:v", "libx264", "-preset", "ultrafast"]
    if video.duration_s > LONG_S:
        size, rate_hz, source, codecs = "128x72", 12.0, "color=gray", ["-c:v", "mpeg4"]
    options = f"s={size}:r={rate_hz}:d={video.duration_s}"
    inputs = ["-f", "lavfi", "-i", f"{source}{':' if '=' in source else '='}{options}"]
    if video.has_sound and video.duration_s <= LONG_S:
        inputs += ["-f", "lavfi", "-i", f"sine=frequency=440:duration={video.duration_s}"]
        codecs += ["-c:a", "aac", "-b:a", "32k"]
    ffmpeg = [str(require("ffmpeg")), "-nostdin", "-v", "error", "-y"]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "clip.mp4"
        command = [*ffmpeg, *inputs, *codecs, "-pix_fmt", "yuv420p", str(file)]
        subprocess.run(command, check=True, timeout=120)
        return file.read_bytes()


def _is_made(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(_MADE)) == _MADE


@dataclass
class EitherProbe:
    """Probes real files; only what says of itself that it is made is believed (`VideoProbe`)."""

    real: VideoProbe
    made: VideoProbe = field(default_factory=MemoryVideoProbe)
    asked: int = 0

    def probe(self, file: Path) -> ProbedVideo:
        self.asked += 1
        return (self.made if _is_made(file) else self.real).probe(file)


@dataclass
class EitherDecoder:
    """Decodes real files, and made ones (`VideoDecoder`)."""

    real: VideoDecoder
    made: VideoDecoder = field(default_factory=MemoryVideoDecoder)

    def decode(self, request: DecodeRequest) -> AbstractContextManager[Decoding]:
        return (self.made if _is_made(request.file) else self.real).decode(request)


@dataclass
class EitherRepair:
    """Repairs real files, and made ones (`VideoRepair`)."""

    real: VideoRepair
    made: VideoRepair = field(default_factory=MemoryVideoRepair)

    def reencode(self, file: Path, *, into: Path, timeout_s: float) -> None:
        (self.made if _is_made(file) else self.real).reencode(file, into=into, timeout_s=timeout_s)
