"""Clips that the tests of the whole program make for themselves."""

import subprocess
from pathlib import Path

from tests.outside import require


def make_clip(
    file: Path, *, size: str = "320x180", seconds: float = 5.5, tags: str = "", sound: bool = True
) -> Path:
    """Moving shapes, a cut in the middle, a tone that swells, as H.264 and AAC in `file`."""
    half = seconds / 2
    graph = (
        f"testsrc2=s={size}:r=24:d={half}[a];mandelbrot=s={size}:r=24,trim=duration={half}[b];"
        "[a]format=yuv420p[x];[b]format=yuv420p,setsar=1[y];[x][y]concat=n=2[v]"
    )
    maps, codecs = ["-map", "[v]"], ["-c:v", "libx264", "-preset", "ultrafast", "-g", "24"]
    if sound:
        graph += f";aevalsrc='0.2*(1+sin(2*PI*t))*sin(880*PI*t)':s=44100:d={seconds}[s]"
        maps += ["-map", "[s]"]
        codecs += ["-c:a", "aac", "-ac", "2"]
    title = ["-metadata", f"title={tags}", "-metadata", f"comment={tags}"] if tags else []
    ffmpeg = [str(require("ffmpeg")), "-nostdin", "-v", "error", "-y", "-filter_complex", graph]
    subprocess.run([*ffmpeg, *maps, *codecs, *title, str(file)], check=True, timeout=60)
    return file
