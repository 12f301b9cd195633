"""Clips made for a test, whose every picture and sample is known."""

import struct
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.outside import require

Picture = NDArray[np.uint8]
"""One grey picture, shape (height, width)."""


@dataclass(frozen=True)
class Sound:
    """Samples of shape (n, channels), muxed `late_s` after the picture."""

    samples: NDArray[np.float32]
    rate_hz: int = 48_000
    late_s: float = 0.0


WIDTH_PX, HEIGHT_PX = 160, 96
_BARS = 10
_DARK, _BRIGHT = 30, 220
LOSSLESS = ("-c:v", "libx264", "-preset", "ultrafast", "-qp", "0")
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-bf", "2")


def numbered(number: int) -> Picture:
    """A picture whose bright and dark bars spell a number of ten bits."""
    bits = [number >> bit & 1 for bit in range(_BARS)]
    row = np.repeat([_BRIGHT if bit else _DARK for bit in bits], WIDTH_PX // _BARS)
    return np.tile(row.astype(np.uint8), (HEIGHT_PX, 1))


def number_of(luma: Picture) -> int:
    """The number that a picture of any size spells."""
    middle = luma[luma.shape[0] // 4 : -luma.shape[0] // 4].mean(axis=0)
    bars = np.array_split(middle, _BARS)
    return sum(
        1 << bit
        for bit, bar in enumerate(bars)
        if bar[len(bar) // 4 : -len(bar) // 4].mean() > (_DARK + _BRIGHT) / 2
    )


def flashes(count: int, at: Iterable[int]) -> list[Picture]:
    """Dark pictures, bright for three at each of `at`."""
    lit = {index + more for index in at for more in range(3)}
    return [
        np.full((HEIGHT_PX, WIDTH_PX), _BRIGHT if index in lit else _DARK, dtype=np.uint8)
        for index in range(count)
    ]


def beeps(duration_s: float, at_s: Iterable[float], *, late_s: float = 0.0) -> Sound:
    """Silence with a tenth of a second of a 1 kHz tone from each moment of the picture, mono."""
    rate_hz = 48_000
    times = np.arange(round(duration_s * rate_hz)) / rate_hz
    sound = np.zeros_like(times)
    for moment_s in at_s:
        start_s = moment_s - late_s
        on = (times >= start_s) & (times < start_s + 0.1)
        sound[on] = 0.5 * np.sin(2 * np.pi * 1000 * (times[on] - start_s))
    return Sound(sound.astype(np.float32)[:, np.newaxis], rate_hz, late_s)


def encode(
    file: Path,
    pictures: Sequence[Picture],
    *options: str,
    rate_hz: float = 25,
    sound: Sound | None = None,
) -> Path:
    """Encodes grey pictures, and sound when there is any, into `file`; returns it.

    `options` are ffmpeg's for the output, plain H.264 when there are none.
    """
    height_px, width_px = pictures[0].shape
    inputs = [*_raw(f"{width_px}x{height_px}", "gray", rate_hz), "-i", "pipe:0"]
    if sound is not None:
        samples = file.with_suffix(".f32")
        samples.write_bytes(sound.samples.astype("<f4").tobytes())
        channels = sound.samples.shape[1]
        kind = ["-f", "f32le", "-ar", str(sound.rate_hz), "-ac", str(channels)]
        inputs += ["-itsoffset", str(sound.late_s), *kind, "-i", str(samples)]
    grey = ["-vf", "format=yuv420p"] if "-vf" not in options else []
    run_ffmpeg(*inputs, *grey, *(options or H264), str(file), stdin=np.stack(pictures).tobytes())
    return file


def encode_planes(
    file: Path, planes: bytes, *options: str, size: str, pixels: str, rate_hz: float = 12
) -> Path:
    """Encodes pictures given as raw planes of any pixel format, the planes as they are."""
    run_ffmpeg(*_raw(size, pixels, rate_hz), "-i", "pipe:0", *options, str(file), stdin=planes)
    return file


def run_ffmpeg(*arguments: str, stdin: bytes = b"") -> None:
    """Runs the system's ffmpeg, loud only in failure."""
    argv = [str(require("ffmpeg")), "-hide_banner", "-v", "error", "-y", *arguments]
    subprocess.run(argv, input=stdin, check=True)


def turned(file: Path, *, clockwise_deg: int) -> Path:
    """Writes a display matrix into an MP4's first track: shown turned by that much."""
    cos, sin = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[clockwise_deg]
    one = 1 << 16
    matrix = struct.pack(">9i", cos * one, sin * one, 0, -sin * one, cos * one, 0, 0, 0, 1 << 30)
    content = bytearray(file.read_bytes())
    start = content.index(b"tkhd") + 4 + 40
    content[start : start + len(matrix)] = matrix
    file.write_bytes(content)
    return file


def declaring(file: Path, duration_s: float) -> Path:
    """Writes another length into the header of a Matroska file, where every ffprobe reads it.

    In MP4 newer ones believe the tables of the samples instead.
    """
    content = bytearray(file.read_bytes())
    start = content.index(b"\x44\x89\x88") + 3  # the element Duration, eight bytes long
    content[start : start + 8] = struct.pack(">d", duration_s * 1000)
    file.write_bytes(content)
    return file


def _raw(size: str, pixels: str, rate_hz: float) -> list[str]:
    return ["-f", "rawvideo", "-pix_fmt", pixels, "-s", size, "-r", str(rate_hz)]
