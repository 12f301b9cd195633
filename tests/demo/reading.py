"""Reads the made sample back by means that share nothing with our components."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrypoints.demo.timeline import FRAME_RATE_HZ, HEIGHT_PX, SAMPLE_RATE_HZ, WIDTH_PX
from tests.outside import require

Picture = NDArray[np.uint8]
Sound = NDArray[np.float64]


def probe(path: Path) -> dict[str, Any]:
    """Container and streams as ffprobe reads them."""
    command = [str(require("ffprobe")), "-v", "error", "-of", "json", "-count_packets"]
    command += ["-show_streams", "-show_format", f"file:{path}"]
    found: dict[str, Any] = json.loads(_run(command))
    return found


def frame(path: Path, at_s: float) -> Picture:
    """The decoded picture shown at a moment, RGB."""
    return np.asarray(frames(path, at_s, count=1)[0])


def frames(path: Path, from_s: float, *, count: int) -> Picture:
    """Decoded pictures one after another, shape (count, 720, 1280, 3)."""
    # Half a frame earlier: then rounding cannot make it the frame before.
    start_s = max(0.0, from_s - 0.5 / FRAME_RATE_HZ)
    command = [str(require("ffmpeg")), "-v", "error", "-ss", f"{start_s:.3f}", "-i", f"file:{path}"]
    command += ["-frames:v", str(count), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
    return np.frombuffer(_run(command), dtype=np.uint8).reshape(count, HEIGHT_PX, WIDTH_PX, 3)


def sound(path: Path) -> Sound:
    """Decoded sound, shape (samples, 2)."""
    command = [str(require("ffmpeg")), "-v", "error", "-i", f"file:{path}", "-vn", "-f", "f32le"]
    command += ["-ar", str(SAMPLE_RATE_HZ), "-ac", "2", "pipe:1"]
    return np.frombuffer(_run(command), dtype="<f4").reshape(-1, 2).astype(np.float64)


def scene_changes(path: Path, *, above: float) -> list[float]:
    """Moments at which ffmpeg's scene filter sees more change than that."""
    filters = f"select='gt(scene,{above})',metadata=print:file=-"
    said = _filter(path, filters)
    return [float(t) for t in re.findall(r"pts_time:([\d.]+)", said)]


def black_spans(path: Path) -> list[tuple[float, float]]:
    """Where ffmpeg's blackdetect sees black."""
    command = [str(require("ffmpeg")), "-hide_banner", "-nostats", "-i", f"file:{path}", "-an"]
    command += ["-vf", "blackdetect=d=0.1:pix_th=0.02", "-f", "null", "-"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    spans = re.findall(r"black_start:([\d.]+) black_end:([\d.]+)", done.stderr)
    return [(float(start), float(end)) for start, end in spans]


def _filter(path: Path, filters: str) -> str:
    command = [str(require("ffmpeg")), "-v", "error", "-i", f"file:{path}", "-an"]
    return _run([*command, "-vf", filters, "-f", "null", "-"]).decode()


def _run(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout
