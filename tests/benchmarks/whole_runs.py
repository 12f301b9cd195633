"""Whole runs of the program as a user starts it, with the memory and time of all its processes."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

LOOK_S = 0.2
FFMPEG = ["ffmpeg", "-nostdin", "-v", "error", "-y"]
TITLE = "How I film at night"
DESCRIPTION = "A walk through the city at night with a small camera. " * 20


@dataclass(slots=True)
class Usage:
    """What a process and everything below it used; memory is the highest sum seen."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    peak_rss_mib: float = 0.0


def make_clip(folder: Path, *, minutes: int) -> Path:
    """1080p30 H.264 with motion everywhere and stereo sound: one made minute, repeated."""
    minute = folder / "minute.mp4"
    if not minute.exists():
        picture = "testsrc2=size=1920x1080:rate=30,scroll=h=0.004:v=0.002,noise=alls=12:allf=t"
        sound = "aevalsrc='0.2*sin(2*PI*220*t)*(1+sin(2*PI*2*t))|0.2*random(0)':s=48000"
        made = [*FFMPEG, "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
        coded = ["-t", "60", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M"]
        form = ["-pix_fmt", "yuv420p", "-c:a", "aac"]
        subprocess.run([*made, *coded, *form, str(minute)], check=True)
    return _looped(minute, folder / f"{minutes}min.mp4", minutes=minutes)


def _looped(minute: Path, clip: Path, *, minutes: int) -> Path:
    if minutes == 1:
        return minute
    if not clip.exists():
        looped = ["-stream_loop", str(minutes - 1), "-i", str(minute), "-c", "copy"]
        subprocess.run([*FFMPEG, *looped, "-t", str(60 * minutes - 1), str(clip)], check=True)
    return clip


def repeated(source: Path, folder: Path, *, minutes: int, size: str = "1920x1080") -> Path:
    """A real clip over and over, in another size and at 30 Hz: one coded minute, repeated."""
    minute = folder / f"{source.stem}-minute.mp4"
    if not minute.exists():
        width, height = size.split("x")
        fitted = f"scale={width}:{height}:force_original_aspect_ratio=decrease"
        graph = f"{fitted},pad={width}:{height}:-1:-1,setsar=1,fps=30"
        given = ["-stream_loop", "-1", "-i", str(source), "-t", "60", "-vf", graph]
        coded = ["-c:v", "libx264", "-preset", "veryfast", "-b:v", "8M", "-pix_fmt", "yuv420p"]
        sound = ["-c:a", "aac", "-ar", "48000", "-ac", "2"]
        subprocess.run([*FFMPEG, *given, *coded, *sound, str(minute)], check=True)
    return _looped(minute, folder / f"{source.stem}-{minutes}min.mp4", minutes=minutes)


def analysed(clip: Path, *, profile: str, data_dir: Path) -> tuple[dict[str, Any], Usage]:
    """The program's answer about a clip, and what it used."""
    command = [sys.executable, "-m", "entrypoints.cli", "--data-dir", str(data_dir)]
    command += ["analyze", str(clip), "--profile", profile, "--anew", "--format", "json"]
    command += ["--title", TITLE, "--description", DESCRIPTION]
    data_dir.mkdir(parents=True, exist_ok=True)
    said = data_dir.with_suffix(".err")
    with said.open("wb") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors)
        with _watched(process.pid) as usage:
            out, _ = process.communicate()
    assert out, said.read_text(encoding="utf-8")[-2000:]
    answer: dict[str, Any] = json.loads(out.splitlines()[-1])
    return answer, usage


@contextmanager
def _watched(pid: int) -> Iterator[Usage]:
    usage, stop, began = Usage(), threading.Event(), time.monotonic()
    spent: dict[int, float] = {}

    def look() -> None:
        while not stop.wait(LOOK_S):
            usage.peak_rss_mib = max(usage.peak_rss_mib, _look(pid, spent))

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield usage
    finally:
        usage.wall_s = time.monotonic() - began
        stop.set()
        thread.join()
        usage.cpu_s = sum(spent.values())


def _look(pid: int, spent: dict[int, float]) -> float:
    """Sum of resident memory in MiB; notes the processor time of each process."""
    total = 0.0
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for process in (root, *root.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss / 2**20
                times = process.cpu_times()
                spent[process.pid] = times.user + times.system
    return total
