"""Makes the sample video that `trendflow demo` analyses: everything in it is known."""

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from entrypoints.demo.photos import Picture
from entrypoints.demo.picture import frames
from entrypoints.demo.sound import make_sound
from entrypoints.demo.timeline import DURATION_S, FRAME_RATE_HZ, HEIGHT_PX, WIDTH_PX
from entrypoints.demo.tools import Tools

NAME = "sample.mp4"


def make_sample(folder: Path, tools: Tools) -> Path:
    """Make `sample.mp4` in `folder` (30 s, 1280x720, 25 fps, H.264 and AAC) and return it.

    The same tools make the same file, byte for byte. Raises `CalledProcessError` when one fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with tempfile.TemporaryDirectory(dir=folder) as workshop:
        sound = make_sound(Path(workshop), tools)
        whole = Path(workshop) / NAME
        encode(frames(tools.font), sound, whole, tools.ffmpeg)
        return whole.replace(path)


def encode(pictures: Iterable[Picture], sound: Path | None, path: Path, ffmpeg: Path) -> None:
    """Write pictures (RGB, 1280x720, 25 a second) and, if given, sound into an MP4 file."""
    command = [str(ffmpeg), "-v", "error", "-nostdin", "-y"]
    command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH_PX}x{HEIGHT_PX}"]
    command += ["-r", str(FRAME_RATE_HZ), "-i", "pipe:0"]
    command += ["-i", f"file:{sound}"] if sound else []
    command += ["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"]
    command += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    command += ["-color_range", "tv"]
    # A set number of threads: x264's output depends on it, and not on the machine any more.
    command += ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-threads", "2"]
    command += ["-c:a", "copy", "-t", str(DURATION_S), "-movflags", "+faststart"]
    command += ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]
    command += [f"file:{path}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        assert child.stdin is not None  # noqa: S101 - PIPE was asked for
        for picture in pictures:
            child.stdin.write(picture.data)
        child.stdin.close()
        code = child.wait()
    if code != 0:
        raise subprocess.CalledProcessError(code, command)
