"""Clips that the tests of the whole program make for themselves."""

import subprocess
from pathlib import Path

from tests.outside import require


def make_clip(file: Path, *, size: str = "320x180", seconds: float = 5.5, tags: str = "") -> Path:
    """Moving shapes, a cut in the middle, a tone that swells, as H.264 and AAC in `file`."""
    half = seconds / 2
    picture = (
        f"testsrc2=s={size}:r=24:d={half}[a];mandelbrot=s={size}:r=24,trim=duration={half}[b];"
        "[a]format=yuv420p[x];[b]format=yuv420p,setsar=1[y];[x][y]concat=n=2[v]"
    )
    sound = f"aevalsrc='0.2*(1+sin(2*PI*t))*sin(880*PI*t)':s=44100:d={seconds}[s]"
    codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "24", "-c:a", "aac", "-ac", "2"]
    ffmpeg = [str(require("ffmpeg")), "-nostdin", "-v", "error", "-y"]
    graph = ["-filter_complex", f"{picture};{sound}", "-map", "[v]", "-map", "[s]"]
    title = ["-metadata", f"title={tags}", "-metadata", f"comment={tags}"] if tags else []
    subprocess.run([*ffmpeg, *graph, *codecs, *title, str(file)], check=True, timeout=60)
    return file
